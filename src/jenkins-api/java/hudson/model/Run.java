package hudson.model;

import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;
import jenkins.model.ArtifactManager;

public abstract class Run<J extends Job<J, R>, R extends Run<J, R>> extends Actionable {
    public static final XStream2 XSTREAM2 = null;

    public int getNumber() {
        return 0;
    }

    public J getParent() {
        return null;
    }

    public File getRootDir() {
        return null;
    }

    public String getUrl() {
        return "";
    }

    public final synchronized ArtifactManager pickArtifactManager() throws IOException {
        return null;
    }

    public synchronized void save() throws IOException {}

    public void setResult(Result result) {}

    public R getPreviousBuild() {
        return null;
    }

    public boolean isBuilding() {
        return false;
    }

    public String getDisplayName() {
        return null;
    }
}
