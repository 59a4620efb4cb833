package io.jenkins.plugins.livemigration.jenkins.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.AbstractDescribableImpl;

/** The plan's {@code driver}: what moves the workload, and from where to where. */
public abstract class DriverParameter extends AbstractDescribableImpl<DriverParameter> {
    private final String from;
    private final String to;

    /** Between these hosts of the plan or the lab. */
    protected DriverParameter(String from, String to) {
        this.from = from;
        this.to = to;
    }

    public final String getFrom() {
        return from;
    }

    public final String getTo() {
        return to;
    }

    /** The driver's key in the plan. */
    abstract String key();

    /** Writes the driver's own keys. */
    abstract void write(ObjectNode node);

    /** Writes the whole of it. */
    final void writeDriver(ObjectNode driver) {
        ObjectNode node = driver.putObject(key());
        new PlanPart(node).put("from", from).put("to", to);
        write(node);
    }
}
