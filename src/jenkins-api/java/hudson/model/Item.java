package hudson.model;

import hudson.security.Permission;

public interface Item {
    Permission CONFIGURE = null;

    ItemGroup<? extends Item> getParent();

    String getFullName();

    String getUrl();

    default boolean hasPermission(Permission permission) {
        return false;
    }
}
