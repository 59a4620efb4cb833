package io.jenkins.plugins.livemigration.jenkins.plan;

import org.jspecify.annotations.Nullable;

/** A driver that moves workloads between hosts of the plan or the lab. */
public abstract class HostDriver extends DriverParameter {
    private final @Nullable String from;
    private final @Nullable String to;

    /** Between these hosts; a scenario may leave them to the plan. */
    HostDriver(@Nullable String from, @Nullable String to) {
        this.from = PlanPart.given(from);
        this.to = PlanPart.given(to);
    }

    public final @Nullable String getFrom() {
        return from;
    }

    public final @Nullable String getTo() {
        return to;
    }
}
