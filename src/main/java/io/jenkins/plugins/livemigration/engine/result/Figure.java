package io.jenkins.plugins.livemigration.engine.result;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Optional;

/**
 * The value of one metric in one sample, in the metric's unit: measured, known only to be at least something, or absent
 * with the reason. Never a zero that stands for "unknown".
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Figure.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = Figure.AtLeast.class, name = "atLeast"),
    @JsonSubTypes.Type(value = Figure.Absent.class, name = "absent")
})
public sealed interface Figure {

    /**
     * A measured value.
     *
     * @param value the value
     * @param lower what the true value cannot be below; equals {@code value} where no bounds are known
     * @param upper what the true value cannot be above
     * @param source how it was obtained, if that differs from run to run (a definition, a resolution)
     */
    record Measured(double value, double lower, double upper, Optional<Message> source) implements Figure {
        public Measured {
            if (!(lower <= value && value <= upper)) {
                throw new IllegalArgumentException("bounds " + lower + ".." + upper + " do not hold " + value);
            }
        }
    }

    /**
     * A lower bound only: the outage was still open when the window closed, or the platform stopped counting. It counts
     * as worst.
     */
    record AtLeast(double value, Message reason) implements Figure {}

    /** Could not be had. */
    record Absent(Message reason) implements Figure {}

    /** A value without bounds of its own. */
    static Figure of(double value) {
        return new Measured(value, value, value, Optional.empty());
    }

    /** A value whose way of being obtained is worth saying. */
    static Figure of(double value, Message source) {
        return new Measured(value, value, value, Optional.of(source));
    }

    /** A value that is known to lie between two bounds. */
    static Figure between(double lower, double value, double upper) {
        return new Measured(value, lower, upper, Optional.empty());
    }

    /** No value, and why. */
    static Figure absent(Message reason) {
        return new Absent(reason);
    }

    /** The value, or the lower bound of it; empty if absent. */
    default Optional<Double> amount() {
        if (this instanceof Measured measured) {
            return Optional.of(measured.value());
        }
        if (this instanceof AtLeast atLeast) {
            return Optional.of(atLeast.value());
        }
        return Optional.empty();
    }
}
