package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.result.Phase;
import java.util.List;
import java.util.OptionalLong;

/**
 * The moments of a sample that observation needs, in run nanoseconds.
 *
 * @param windowOpen probes run since before this
 * @param requested time zero of the sample
 * @param sourceStopped from here on no reply can come from the source, where the driver told
 * @param confirmed the platform said that it is done; empty for a migration that failed
 * @param windowClose what was not answered by now stays open
 * @param phases the driver's phases, in milliseconds since the request
 */
public record SampleTimes(
        long windowOpen,
        long requested,
        OptionalLong sourceStopped,
        OptionalLong confirmed,
        long windowClose,
        List<Phase> phases) {
    public SampleTimes {
        phases = List.copyOf(phases);
    }

    /** The same with a window that closes at {@code nanos}, if that is earlier. */
    public SampleTimes until(long nanos) {
        return new SampleTimes(windowOpen, requested, sourceStopped, confirmed, Math.min(windowClose, nanos), phases);
    }
}
