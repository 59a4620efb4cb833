package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.plan.RelevantChange;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns a comparison's numbers into the texts that its sentences are made of. */
final class Sentences {
    private static final int MOST_LABELS = 12;

    private Sentences() {}

    /** The sentence with every number of the comparison; {@code key} says what they mean. */
    static Message figure(
            String key,
            FigureScale scale,
            Metric metric,
            RelevantChange change,
            int n,
            double median,
            List<String> builds,
            String scenario,
            AgainstBaseline against) {
        return Message.of(
                key,
                scenario,
                metric.id(),
                QuantityText.text(median, metric.unit()),
                n,
                QuantityText.text(against.baselineMedian(), metric.unit()),
                builds.size(),
                labels(builds),
                change(against.change(), scale, metric.unit()),
                change(against.lower(), scale, metric.unit()),
                change(against.upper(), scale, metric.unit()),
                probability("p", against.p()),
                probability("q", against.q()),
                relevant(change, metric.unit()),
                QuantityText.text(against.limit(), metric.unit()),
                change(against.detectable(), scale, metric.unit()));
    }

    /** A regression's sentence, of a figure that does not gate for a while. */
    static Message muted(Message worse, Mute mute) {
        List<Object> arguments = new ArrayList<>(worse.arguments());
        arguments.addAll(List.of(mute.untilDate(), mute.who(), mute.why()));
        return Message.of("verdict/regression.worseButMuted", arguments.toArray());
    }

    /** {@code 1.25} for a ratio, {@code +3 %} for a difference. */
    static String change(double change, FigureScale scale, Unit unit) {
        if (scale.logarithmic()) {
            return change < 0.01 || change >= 100
                    ? QuantityText.number(change)
                    : String.format(Locale.ROOT, "%.2f", change);
        }
        return (change > 0 ? "+" : "") + QuantityText.text(change, unit);
    }

    /** {@code 10 % + 20 ms}: what a change must reach to matter. */
    static String relevant(RelevantChange change, Unit unit) {
        String relative = QuantityText.number(100 * change.relative()) + " %";
        String absolute = QuantityText.text(change.absolute(), unit);
        if (change.relative() == 0) {
            return absolute;
        }
        return change.absolute() == 0 ? relative : relative + " & " + absolute;
    }

    /** {@code p = 0.003}; a very small one as a bound, {@code p < 0.0001}. */
    static String probability(String name, double p) {
        if (p < 0.0001) {
            return name + " < 0.0001";
        }
        return name + " = " + String.format(Locale.ROOT, p < 0.001 ? "%.4f" : "%.3f", p);
    }

    /** Builds by name; of many the first and the last ones. */
    static String labels(List<String> labels) {
        if (labels.size() <= MOST_LABELS) {
            return String.join(", ", labels);
        }
        return String.join(", ", labels.subList(0, 3)) + ", ..., "
                + String.join(", ", labels.subList(labels.size() - 3, labels.size()));
    }
}
