package hudson.plugins.view.dashboard;

import hudson.ExtensionPoint;
import hudson.model.Describable;

public abstract class DashboardPortlet implements Describable<DashboardPortlet>, ExtensionPoint {
    public DashboardPortlet(String name) {}

    public Dashboard getDashboard() {
        return null;
    }

    public String getName() {
        return "";
    }
}
