package io.jenkins.plugins.livemigration.jenkins.job;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.views.ListViewColumn;
import hudson.views.ListViewColumnDescriptor;
import io.jenkins.plugins.livemigration.engine.report.Names;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A list view's column: the newest verdict of each job. */
public final class BenchmarkColumn extends ListViewColumn {
    @DataBoundConstructor
    public BenchmarkColumn() {}

    /** The newest verdict of a job with its sign; empty if there is none. */
    public String verdictOf(Item item) {
        return newest(item)
                .map(run -> Names.sign(run.status()) + " " + run.status())
                .orElse("");
    }

    /** The benchmark's name and its build. */
    public String sourceOf(Item item) {
        return newest(item).map(run -> run.name() + " #" + run.build()).orElse("");
    }

    private static Optional<HistoryEntry> newest(Item item) {
        if (!(item instanceof Job<?, ?> job) || !History.of(job).isThere()) {
            return Optional.empty();
        }
        try {
            List<HistoryEntry> runs = History.of(job).runs(1);
            return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Makes it known to list views. */
    @Extension
    @Symbol("liveMigrationColumn")
    public static final class DescriptorImpl extends ListViewColumnDescriptor {
        @Override
        public String getDisplayName() {
            return Words.text("column.caption");
        }

        @Override
        public boolean shownByDefault() {
            return false;
        }
    }
}
