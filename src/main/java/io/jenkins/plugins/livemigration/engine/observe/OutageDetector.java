package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.result.Outage;
import io.jenkins.plugins.livemigration.engine.result.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the outages in a probe's trace. Replies decide, not losses: a paused guest answers queued requests late and loses
 * none, so what counts is the time between the receipts of two consecutive replies.
 *
 * <p>A silence is an outage if at least two attempts that were sent in it were never answered, or if it lasted longer than
 * the longest one before the request plus an interval. "An interval" is the actual spacing of the attempts at its edges, at
 * least the normal one: a silence that only comes from our own sender being late is none of the service's.
 *
 * <p>How long the service was out, and within which bounds, {@link SilenceFinder} derives.
 */
public final class OutageDetector {
    private static final int MISSING_MAKE_AN_OUTAGE = 2;

    private OutageDetector() {}

    /**
     * What was found.
     *
     * @param outages in order of time
     * @param hiddenNanos how long an outage after the request could have been that is not among them
     * @param suspectedNanos the duration of the longest silence after the request that is no outage, but in which an attempt
     *     was not answered at once while before the request none was lost; 0 if there is none
     */
    record Detection(List<Silence> outages, long hiddenNanos, long suspectedNanos) {
        Detection {
            outages = List.copyOf(outages);
        }
    }

    /**
     * Finds the outages within the window.
     *
     * @param repeatsRequests whether the client's kernel repeats requests of this kind of probe (TCP), so that a late
     *     answer does not tell when the service came back
     * @return empty if no reply came between the opening of the window and the request: nothing to compare with
     */
    static Optional<Detection> detect(
            ProbeTrace trace, SampleTimes times, long plannedIntervalNanos, boolean repeatsRequests) {
        return Baseline.of(trace, times, plannedIntervalNanos).map(baseline -> {
            List<Silence> outages = new ArrayList<>();
            long[] hidden = {0};
            long[] suspected = {0};
            SilenceFinder.find(trace, times, baseline, repeatsRequests, silence -> {
                if (isOutage(silence, baseline)) {
                    outages.add(silence);
                } else if (silence.endNanos() > times.requested()) {
                    hidden[0] = Math.max(hidden[0], silence.upperNanos());
                    boolean suspect = silence.unserved() && baseline.lossless();
                    suspected[0] = Math.max(suspected[0], suspect ? silence.durationNanos() : 0);
                }
            });
            return new Detection(outages, hidden[0], suspected[0]);
        });
    }

    static boolean isOutage(Silence silence, Baseline baseline) {
        return silence.missing() >= MISSING_MAKE_AN_OUTAGE
                || silence.gapNanos()
                        > baseline.maxGapNanos() + Math.max(silence.spacingNanos(), baseline.spacingNanos());
    }

    /** A silence as an outage of the result, relative to the request and to the phases of the migration. */
    static Outage outage(Silence silence, SampleTimes times) {
        double start = Millis.of(silence.startNanos() - times.requested());
        double end = Millis.of(silence.endNanos() - times.requested());
        return new Outage(
                start,
                end,
                Millis.of(silence.durationNanos()),
                Millis.of(silence.lowerNanos()),
                Millis.of(silence.upperNanos()),
                silence.open(),
                silence.missing(),
                times.phases().stream()
                        .filter(phase -> phase.startMillis() < end && phase.endMillis() > start)
                        .map(Phase::name)
                        .distinct()
                        .toList());
    }
}
