package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.AbstractDescribableImpl;

/** The plan's {@code driver}: what moves the workload, and from where to where. */
public abstract class DriverParameter extends AbstractDescribableImpl<DriverParameter> {
    /** The driver's key in the plan. */
    abstract String key();

    /** Writes the driver's own keys. */
    abstract void write(ObjectNode node);

    /** Writes the whole of it. */
    public final void writeDriver(ObjectNode driver) {
        write(driver.putObject(key()));
    }
}
