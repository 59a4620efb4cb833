package hudson.model.userproperty;

import hudson.ExtensionPoint;

public abstract class UserPropertyCategory implements ExtensionPoint {
    public static <T extends UserPropertyCategory> T get(Class<T> type) {
        return null;
    }

    public static class Invisible extends UserPropertyCategory {}
}
