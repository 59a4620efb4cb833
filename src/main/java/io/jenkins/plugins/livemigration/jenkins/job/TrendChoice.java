package io.jenkins.plugins.livemigration.jenkins.job;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.User;
import hudson.model.UserProperty;
import hudson.model.UserPropertyDescriptor;
import hudson.model.userproperty.UserPropertyCategory;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which metric a person wants to see in the trends of jobs: kept with the user, so that it is the same in every browser. No
 * form shows it; the trend's page remembers what was chosen there.
 */
public final class TrendChoice extends UserProperty {
    /** Jobs whose choice is kept; the one chosen for longest ago goes. */
    static final int MOST_JOBS = 100;

    /** Ids of metrics by full names of jobs, the newest choice last. */
    private final @Nullable Map<String, String> metrics;

    private TrendChoice(Map<String, String> metrics) {
        this.metrics = metrics;
    }

    /** Nothing chosen yet. */
    static TrendChoice none() {
        return new TrendChoice(new LinkedHashMap<>());
    }

    /** With one more choice. */
    TrendChoice with(String job, Metric metric) {
        Map<String, String> more = metrics == null ? new LinkedHashMap<>() : new LinkedHashMap<>(metrics);
        more.remove(job);
        more.put(job, metric.id());
        while (more.size() > MOST_JOBS) {
            more.remove(more.keySet().iterator().next());
        }
        return new TrendChoice(more);
    }

    /** What was chosen for a job, if this version knows the metric. */
    Optional<Metric> metric(String job) {
        return Optional.ofNullable(metrics).map(all -> all.get(job)).flatMap(Metrics::find);
    }

    /** What the one who looks has chosen; nothing for who is not signed in. */
    static Optional<Metric> current(Job<?, ?> job) {
        return Optional.ofNullable(User.current()).flatMap(user -> of(user).metric(job.getFullName()));
    }

    /** Keeps a choice with the user. */
    static void remember(User user, Job<?, ?> job, Metric metric) throws IOException {
        user.addProperty(of(user).with(job.getFullName(), metric));
    }

    private static TrendChoice of(User user) {
        TrendChoice kept = user.getProperty(TrendChoice.class);
        return kept == null ? none() : kept;
    }

    /** Makes it known to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends UserPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return "";
        }

        /** None: who has chosen nothing has no such property. */
        @Override
        public @Nullable UserProperty newInstance(@Nullable User user) {
            return null;
        }

        /** There is nothing to configure. */
        @Override
        public UserPropertyCategory getUserPropertyCategory() {
            return UserPropertyCategory.get(UserPropertyCategory.Invisible.class);
        }
    }
}
