package io.jenkins.plugins.livemigration.jenkins.job;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Job;
import hudson.plugins.view.dashboard.Dashboard;
import hudson.plugins.view.dashboard.DashboardPortlet;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A dashboard's part: what the view's jobs were found to do last. Needs the plugin dashboard-view. */
public final class BenchmarkPortlet extends DashboardPortlet {
    /** A part of a dashboard under that caption. */
    @DataBoundConstructor
    public BenchmarkPortlet(String name) {
        super(name);
    }

    /** The view's jobs that have benchmarks and that the reader may read, in the view's order; for one request. */
    public List<LatestVerdict> getVerdicts() {
        List<LatestVerdict> verdicts = new ArrayList<>();
        Dashboard dashboard = getDashboard();
        if (dashboard != null) {
            for (Job<?, ?> job : dashboard.getJobs()) {
                if (job.hasPermission(Item.READ)) {
                    LatestVerdict.of(job, Words.locale()).ifPresent(verdicts::add);
                }
            }
        }
        return verdicts;
    }

    /** Makes it known to dashboards. */
    @Extension(optional = true)
    @Symbol("liveMigrationPortlet")
    public static final class DescriptorImpl extends Descriptor<DashboardPortlet> {
        @Override
        public String getDisplayName() {
            return Words.text("portlet.name");
        }
    }
}
