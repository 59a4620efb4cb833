package hudson.model;

public abstract class AbstractModelObject {
    public abstract String getDisplayName();
}
