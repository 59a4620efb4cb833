package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.AbstractDescribableImpl;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** An item of the plan's {@code probes}. */
public abstract class ProbeParameter extends AbstractDescribableImpl<ProbeParameter> {
    private @Nullable String name;
    private @Nullable Integer intervalMillis;
    private @Nullable Integer timeoutMillis;
    private @Nullable Boolean primary;

    /** The kind's key in the plan. */
    abstract String key();

    /** Writes the kind's own keys. */
    abstract void write(ObjectNode node);

    /** Writes the whole item. */
    public final void writeItem(ObjectNode item) {
        ObjectNode node = item.putObject(key());
        write(node);
        new PlanPart(node)
                .put("name", name)
                .put("intervalMillis", intervalMillis)
                .put("timeoutMillis", timeoutMillis)
                .put("primary", primary);
    }

    public final @Nullable String getName() {
        return name;
    }

    @DataBoundSetter
    public final void setName(@Nullable String name) {
        this.name = PlanPart.given(name);
    }

    public final @Nullable Integer getIntervalMillis() {
        return intervalMillis;
    }

    @DataBoundSetter
    public final void setIntervalMillis(@Nullable Integer intervalMillis) {
        this.intervalMillis = intervalMillis;
    }

    public final @Nullable Integer getTimeoutMillis() {
        return timeoutMillis;
    }

    @DataBoundSetter
    public final void setTimeoutMillis(@Nullable Integer timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
    }

    public final @Nullable Boolean getPrimary() {
        return primary;
    }

    /** True marks the one probe that downtime is taken from; anything else says nothing. */
    @DataBoundSetter
    public final void setPrimary(@Nullable Boolean primary) {
        this.primary = Boolean.TRUE.equals(primary) ? true : null;
    }
}
