package jenkins.model;

import hudson.PluginManager;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.security.Permission;
import hudson.util.XStream2;
import java.io.File;
import org.springframework.security.core.Authentication;

public class Jenkins implements ItemGroup<TopLevelItem> {
    public static final Permission ADMINISTER = null;
    public static final XStream2 XSTREAM2 = null;

    public static Jenkins get() {
        return null;
    }

    public static Authentication getAuthentication2() {
        return null;
    }

    public <T extends Item> T getItem(String pathName, Item context, Class<T> type) {
        return null;
    }

    public File getRootDir() {
        return null;
    }

    public Computer getComputer(String name) {
        return null;
    }

    public Computer[] getComputers() {
        return new Computer[0];
    }

    public PluginManager getPluginManager() {
        return null;
    }

    public boolean hasPermission(Permission permission) {
        return false;
    }
}
