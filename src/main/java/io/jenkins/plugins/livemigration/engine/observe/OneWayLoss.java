package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code loss.oneWay} on the way to a service that counts what arrives, and {@code loss.oneWayBack} on the way from there
 * (RFC 7680, by numbers instead of time stamps), of the attempts sent in each part of the sample: those that did not
 * arrive, of those sent; and those that were not answered, of those that arrived. Where it is not known of every attempt
 * whether it arrived ({@link Arrivals}), the figure is the middle of its bounds; absent if these are further apart than
 * half of what was sent.
 */
final class OneWayLoss {
    private static final List<String> METRICS = List.of("loss.oneWay", "loss.oneWayBack");

    private OneWayLoss() {}

    /** Puts nothing if the other end does not count. */
    static void put(Map<String, Figure> figures, String probe, ProbeTrace trace, SampleTimes times) {
        if (!Arrivals.counted(trace)) {
            return;
        }
        long end = times.confirmed().orElse(times.windowClose());
        put(figures, probe, "before", Arrivals.between(trace, times.windowOpen(), times.requested()));
        put(figures, probe, "during", Arrivals.between(trace, times.requested(), end));
        if (times.confirmed().isPresent()) {
            put(figures, probe, "after", Arrivals.between(trace, end, times.windowClose()));
        } else {
            METRICS.forEach(
                    metric -> figures.put(metric + ".after", Figure.absent(Message.of("observe.notConfirmed"))));
        }
    }

    private static void put(Map<String, Figure> figures, String probe, String part, Arrivals arrivals) {
        Optional<Figure> absent = whyNot(arrivals);
        figures.put(
                METRICS.get(0) + "." + part,
                absent.orElseGet(() -> between(
                        percent(arrivals.sent() - arrivals.most(), arrivals.sent()),
                        percent(arrivals.sent() - arrivals.least(), arrivals.sent()),
                        source(probe, arrivals))));
        figures.put(
                METRICS.get(1) + "." + part,
                absent.orElseGet(() -> arrivals.least() == 0
                        ? Figure.absent(
                                Message.of(arrivals.most() == 0 ? "observe.nothingArrived" : "observe.arrivalsUnknown"))
                        : between(
                                percent(arrivals.least() - arrivals.answered(), arrivals.least()),
                                percent(arrivals.most() - arrivals.answered(), arrivals.most()),
                                source(probe, arrivals))));
    }

    /** Why nothing is said of a part. */
    static Optional<Figure> whyNot(Arrivals arrivals) {
        if (arrivals.sent() == 0) {
            return Optional.of(Figure.absent(Message.of("observe.nothingSent")));
        }
        return 2 * (arrivals.most() - arrivals.least()) > arrivals.sent()
                ? Optional.of(Figure.absent(Message.of("observe.arrivalsUnknown")))
                : Optional.empty();
    }

    /** How many were sent, arrived and were answered, by the other end's own count. */
    static Message source(String probe, Arrivals arrivals) {
        String arrived = arrivals.least() == arrivals.most()
                ? Integer.toString(arrivals.least())
                : arrivals.least() + "-" + arrivals.most();
        return Message.of("observe.counted", probe, arrivals.sent(), arrived, arrivals.answered());
    }

    /** What lies between two bounds. */
    static Figure between(double lower, double upper, Message source) {
        return new Figure.Measured((lower + upper) / 2, lower, upper, Optional.of(source));
    }

    private static double percent(int part, int whole) {
        return 100.0 * part / whole;
    }
}
