package hudson.model;

import hudson.FilePath;
import hudson.model.labels.LabelAtom;
import java.util.Set;

public abstract class Node extends AbstractModelObject {
    public Set<LabelAtom> getAssignedLabels() {
        return null;
    }

    public abstract String getNodeName();

    public abstract FilePath getRootPath();
}
