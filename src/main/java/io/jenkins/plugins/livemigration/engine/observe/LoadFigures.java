package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code throughput} of a load of fixed rate: the bits that came back in each part of the sample, with the headers of IPv4 and
 * UDP, per second. What was sent, and what was lost in which bursts, is in the figure's source.
 *
 * <p>Each way for itself if the service counts what arrives ({@link Arrivals}): {@code throughput.oneWay} is what of the
 * datagrams sent in the part arrived there, {@code throughput.oneWayBack} what came back in the part. Without a count the
 * two cannot be told apart: a load of which half comes back may have been lost either way.
 */
final class LoadFigures {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final List<String> METRICS = List.of("throughput", "throughput.oneWay", "throughput.oneWayBack");

    private LoadFigures() {}

    static void put(Map<String, Figure> figures, ProbePlan.Load plan, ProbeTrace trace, SampleTimes times) {
        long end = times.confirmed().orElse(times.windowClose());
        put(figures, plan, trace, "before", times.windowOpen(), times.requested());
        put(figures, plan, trace, "during", times.requested(), end);
        if (times.confirmed().isPresent()) {
            put(figures, plan, trace, "after", end, times.windowClose());
        } else {
            METRICS.forEach(
                    metric -> figures.put(metric + ".after", Figure.absent(Message.of("observe.notConfirmed"))));
        }
    }

    private static void put(
            Map<String, Figure> figures, ProbePlan.Load plan, ProbeTrace trace, String part, long from, long until) {
        long sent = 0;
        long received = 0;
        LossBursts bursts = new LossBursts();
        for (int i = 0; i < trace.size(); i++) {
            if (trace.sentNanos(i) >= from && trace.sentNanos(i) < until) {
                sent++;
                bursts.add(trace.answered(i));
            }
            if (trace.answered(i) && trace.receivedNanos(i) >= from && trace.receivedNanos(i) < until) {
                received++;
            }
        }
        if (sent == 0) {
            METRICS.forEach(
                    metric -> figures.put(metric + "." + part, Figure.absent(Message.of("observe.nothingSent"))));
            return;
        }
        double seconds = (until - from) / NANOS_PER_SECOND;
        String wanted = QuantityText.text(plan.bitsPerSecond(), Unit.BITS_PER_SECOND);
        String gone = QuantityText.text(sent * plan.packetBits() / seconds, Unit.BITS_PER_SECOND);
        double cameBack = received * plan.packetBits() / seconds;
        figures.put(
                "throughput." + part,
                Figure.of(
                        cameBack,
                        Message.of(
                                "observe.loaded",
                                plan.name(),
                                wanted,
                                gone,
                                bursts.lost(),
                                sent,
                                bursts.bursts(),
                                bursts.longest())));
        if (!Arrivals.counted(trace)) {
            Figure uncounted = Figure.absent(Message.of("observe.uncounted"));
            figures.put("throughput.oneWay." + part, uncounted);
            figures.put("throughput.oneWayBack." + part, uncounted);
            return;
        }
        Arrivals arrivals = Arrivals.between(trace, from, until);
        Message source = OneWayLoss.source(plan.name(), arrivals);
        Optional<Figure> absent = OneWayLoss.whyNot(arrivals);
        figures.put(
                "throughput.oneWay." + part,
                absent.orElseGet(() -> OneWayLoss.between(
                        arrivals.least() * plan.packetBits() / seconds,
                        arrivals.most() * plan.packetBits() / seconds,
                        source)));
        figures.put("throughput.oneWayBack." + part, Figure.of(cameBack, source));
    }
}
