package hudson.model;

import java.io.File;

public abstract class Job<J extends Job<J, R>, R extends Run<J, R>> extends Actionable implements Item {
    public File getBuildDir() {
        return null;
    }

    public File getRootDir() {
        return null;
    }

    @Override public String getFullName() {
        return "";
    }

    @Override public ItemGroup<? extends Item> getParent() {
        return null;
    }

    @Override public String getUrl() {
        return "";
    }
}
