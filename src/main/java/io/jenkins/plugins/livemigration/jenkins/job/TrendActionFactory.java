package io.jenkins.plugins.livemigration.jenkins.job;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Gives every job that has results its trend. */
@Extension
@SuppressWarnings("rawtypes")
public final class TrendActionFactory extends TransientActionFactory<Job> {
    @Override
    public Class<Job> type() {
        return Job.class;
    }

    @Override
    public Collection<? extends Action> createFor(Job job) {
        Job<?, ?> target = job;
        return History.of(target).isThere() ? List.of(new TrendAction(target)) : List.of();
    }
}
