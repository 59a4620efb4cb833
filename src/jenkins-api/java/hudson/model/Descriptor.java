package hudson.model;

import hudson.XmlFile;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

public abstract class Descriptor<T extends Describable<T>> {
    protected Descriptor() {}

    public String getDisplayName() {
        return "";
    }

    public T newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        return null;
    }

    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        return false;
    }

    public String getId() {
        return "";
    }

    protected XmlFile getConfigFile() {
        return null;
    }

    public synchronized void save() {}

    public synchronized void load() {}

    public static class FormException extends Exception {}
}
