package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outage;
import io.jenkins.plugins.livemigration.engine.result.Phase;
import io.jenkins.plugins.livemigration.engine.result.ProbeReport;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import java.util.Optional;
import java.util.stream.Stream;

/** The time that a timeline shows, in milliseconds since the request. */
record TimelineSpan(double start, double end) {
    /** An outage that takes less of the picture than this is drawn once more, enlarged. */
    private static final double SMALLEST_VISIBLE = 0.08;

    /** From shortly before the request until everything is over; an outage without an end is cut off. */
    static TimelineSpan of(Sample sample) {
        double end = 1;
        for (Phase phase : sample.phases()) {
            end = Math.max(end, phase.endMillis());
        }
        for (Mark mark : sample.marks()) {
            end = Math.max(end, mark.atMillis());
        }
        for (ProbeReport probe : sample.probes()) {
            for (Outage outage : probe.outages()) {
                end = Math.max(end, outage.startMillis() + outage.durationMillis());
            }
        }
        double reported =
                sample.figure(Metrics.DOWNTIME_REPORTED).flatMap(Figure::amount).orElse(0.0);
        end = Math.max(end, Samples.downtimeStart(sample) + reported);
        return new TimelineSpan(-0.06 * end, 1.1 * end);
    }

    /** The surroundings of the longest outage, if it is too short to be seen in the whole migration. */
    static Optional<TimelineSpan> ofOutage(Sample sample) {
        double start = Samples.downtimeStart(sample);
        double longest = Stream.of(Metrics.DOWNTIME_OBSERVED, Metrics.DOWNTIME_REPORTED)
                .flatMap(metric -> sample.figure(metric).flatMap(Figure::amount).stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        TimelineSpan whole = of(sample);
        boolean visible = longest > SMALLEST_VISIBLE * (whole.end() - whole.start());
        return visible || longest <= 0
                ? Optional.empty()
                : Optional.of(new TimelineSpan(start - 0.5 * longest, start + 2 * longest));
    }

    /** Whether anything of what lasts from {@code from} to {@code to} is to be seen. */
    boolean shows(double from, double to) {
        return to > start && from < end;
    }
}
