package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.AbstractDescribableImpl;

/** The plan's {@code driver.podman.traffic}: how clients find the workload at its new place. */
public abstract class TrafficParameter extends AbstractDescribableImpl<TrafficParameter> {
    /** Writes the way of switching with its keys. */
    abstract void write(ObjectNode node);
}
