package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.StandardDeviation;

/**
 * Delay, spacing, jitter and loss as the primary probe saw them before, during and after the migration.
 *
 * <p>An attempt belongs to the part in which it was sent, a reply's spacing to the part in which it was received. Formulas:
 *
 * <ul>
 *   <li>{@code delay.rtt}: median round trip of the answered attempts; its source says the higher percentiles.
 *   <li>{@code spacing.mean}: mean of t_i - t_(i-1), t being the receipts of replies in their order. What studies that
 *       capture one side call "delay".
 *   <li>{@code jitter.rfc3550}: RFC 3550, 6.4.1: J += (|D| - J) / 16 with D = (R_i - R_(i-1)) - (S_i - S_(i-1)) over replies
 *       in order of receipt; the value at the end of the part, as iperf3 -u reports it.
 *   <li>{@code jitter.spacingVariation}: sum of |d_i - d_(i-1)| / (n - 1) over the n spacings d_i. What those studies call
 *       "jitter".
 *   <li>{@code jitter.rttStdDev}: sqrt(mean((RTT - mean)^2)), the "mdev" of iputils' ping.
 *   <li>{@code loss}: (sent - answered) / sent * 100; late answers are answers. Its source says in how many bursts (attempts
 *       in a row, RFC 3357's loss runs) they were lost, and how long the longest was.
 * </ul>
 */
final class QualityFigures {
    private static final long LONGEST_MICROS = 3_600_000_000L;
    private static final int DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final double RFC3550_GAIN = 1.0 / 16;
    private static final List<String> METRICS = List.of(
            "delay.rtt", "spacing.mean", "jitter.rfc3550", "jitter.spacingVariation", "jitter.rttStdDev", "loss");

    private final ProbeTrace trace;
    private final String part;
    private final Map<String, Figure> figures;

    private QualityFigures(ProbeTrace trace, String part, Map<String, Figure> figures) {
        this.trace = trace;
        this.part = part;
        this.figures = figures;
    }

    static void put(Map<String, Figure> figures, ProbeTrace trace, SampleTimes times) {
        long end = times.confirmed().orElse(times.windowClose());
        new QualityFigures(trace, "before", figures).put(times.windowOpen(), times.requested());
        new QualityFigures(trace, "during", figures).put(times.requested(), end);
        if (times.confirmed().isPresent()) {
            new QualityFigures(trace, "after", figures).put(end, times.windowClose());
        } else {
            Figure none = Figure.absent(Message.of("observe.notConfirmed"));
            METRICS.forEach(metric -> figures.put(metric + ".after", none));
        }
    }

    private void put(long from, long until) {
        double[] rtts = new double[trace.size()];
        int sent = 0;
        int answered = 0;
        LossBursts bursts = new LossBursts();
        for (int i = 0; i < trace.size(); i++) {
            if (trace.sentNanos(i) >= from && trace.sentNanos(i) < until) {
                sent++;
                bursts.add(trace.answered(i));
                if (trace.answered(i)) {
                    rtts[answered++] = Millis.of(trace.receivedNanos(i) - trace.sentNanos(i));
                }
            }
        }
        rtts = Arrays.copyOf(rtts, answered);
        Receipts receipts = Receipts.between(trace, from, until - 1);
        double[] spacings = spacings(receipts);
        figures.put(
                "delay.rtt." + part,
                answered < 1
                        ? Figure.absent(Message.of("observe.tooFewReplies", 1))
                        : Figure.of(Median.withDefaults().evaluate(rtts), percentiles(rtts)));
        put("spacing.mean", 2, receipts.size(), mean(spacings));
        put("jitter.rfc3550", 2, receipts.size(), rfc3550(receipts));
        put("jitter.spacingVariation", 3, receipts.size(), meanChange(spacings));
        put(
                "jitter.rttStdDev",
                2,
                answered,
                answered < 2 ? 0 : StandardDeviation.of(rtts).setBiased(true).getAsDouble());
        figures.put("loss." + part, sent == 0 ? Figure.absent(Message.of("observe.nothingSent")) : bursts.loss());
    }

    /** To three digits, by an HdrHistogram. */
    private static Message percentiles(double[] millis) {
        Histogram histogram = new Histogram(LONGEST_MICROS, DIGITS);
        for (double one : millis) {
            histogram.recordValue(Math.max(0, Math.min(LONGEST_MICROS, Math.round(one * MICROS_PER_MILLI))));
        }
        return Message.of(
                "observe.percentiles",
                Millis.fine(histogram.getValueAtPercentile(90) * NANOS_PER_MICRO),
                Millis.fine(histogram.getValueAtPercentile(99) * NANOS_PER_MICRO),
                Millis.fine(histogram.getMaxValue() * NANOS_PER_MICRO));
    }

    private void put(String metric, int needed, int replies, double value) {
        figures.put(
                metric + "." + part,
                replies < needed ? Figure.absent(Message.of("observe.tooFewReplies", needed)) : Figure.of(value));
    }

    private static double[] spacings(Receipts receipts) {
        double[] spacings = new double[Math.max(0, receipts.size() - 1)];
        for (int i = 0; i < spacings.length; i++) {
            spacings[i] = Millis.of(receipts.nanos(i + 1) - receipts.nanos(i));
        }
        return spacings;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private static double meanChange(double[] values) {
        double sum = 0;
        for (int i = 1; i < values.length; i++) {
            sum += Math.abs(values[i] - values[i - 1]);
        }
        return values.length < 2 ? 0 : sum / (values.length - 1);
    }

    private static double rfc3550(Receipts receipts) {
        double jitter = 0;
        for (int i = 1; i < receipts.size(); i++) {
            double difference = Millis.of(receipts.rttNanos(i) - receipts.rttNanos(i - 1));
            jitter += (Math.abs(difference) - jitter) * RFC3550_GAIN;
        }
        return jitter;
    }
}
