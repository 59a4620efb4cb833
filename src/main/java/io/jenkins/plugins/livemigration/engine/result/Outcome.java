package io.jenkins.plugins.livemigration.engine.result;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jenkins.plugins.livemigration.engine.text.Message;

/** How a sample ended. A failed migration is data. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Outcome.NotSupported.class, name = "notSupported"),
    @JsonSubTypes.Type(value = Outcome.Cancelled.class, name = "cancelled"),
    @JsonSubTypes.Type(value = Outcome.Unfinished.class, name = "unfinished")
})
public sealed interface Outcome {

    /** The workload runs at the destination. */
    record Succeeded() implements Outcome {}

    /**
     * The migration failed.
     *
     * @param stage the phase or step in which it failed, in the driver's words
     * @param cause why
     */
    record Failed(String stage, Message cause) implements Outcome {}

    /** The platform cannot do this at all (no memory tracking in the kernel, say). */
    record NotSupported(Message reason) implements Outcome {}

    /** Somebody cancelled the run while this sample was under way. */
    record Cancelled() implements Outcome {}

    /** The record ends inside this sample: the engine was killed, or a log that was imported is cut. */
    record Unfinished() implements Outcome {}

    /** Whether the sample's figures may be used. */
    default boolean succeeded() {
        return this instanceof Succeeded;
    }
}
