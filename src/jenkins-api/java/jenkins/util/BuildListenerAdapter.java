package jenkins.util;

import hudson.model.BuildListener;
import hudson.model.TaskListener;

public final class BuildListenerAdapter {
    public static BuildListener wrap(TaskListener listener) {
        return null;
    }
}
