package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.plan.Threshold;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds a run against the plan's thresholds. A limit is crossed from its value on: where lower is better by a value that
 * is equal or greater, where higher is better by one that is equal or smaller. The worse end of a value's resolution
 * counts, and a value that is "at least" something has no upper end.
 *
 * <p>Medians are taken for each direction apart, and the worse one is judged: a median over both would hide a slow way
 * back.
 */
final class LimitRule {
    static final String NAME = "limit";

    /** One judgement per threshold and scenario to which it applies. */
    List<Judgement> judge(RunResult result, List<Threshold> thresholds) {
        List<Judgement> judgements = new ArrayList<>();
        for (Threshold threshold : thresholds) {
            for (String scenario : result.scenarios()) {
                if (threshold.scenario().map(scenario::equals).orElse(true)) {
                    judgements.add(judge(result, threshold, scenario));
                }
            }
        }
        return judgements;
    }

    private static Judgement judge(RunResult result, Threshold threshold, String scenario) {
        Metric metric = Metrics.find(threshold.metric())
                .orElseThrow(() -> new IllegalArgumentException("no such metric: " + threshold.metric()));
        List<Candidate> candidates = threshold.of() == Threshold.Of.MEDIAN
                ? medians(result, metric, scenario)
                : singles(result, metric, scenario);
        String of = threshold.of().name().toLowerCase(Locale.ROOT);
        Comparator<Candidate> badness = Comparator.comparingDouble(candidate -> candidate.worseEnd(metric));
        Optional<Candidate> worst =
                candidates.stream().max(metric.better() == Metric.Better.HIGHER ? badness.reversed() : badness);
        if (worst.isEmpty()) {
            return new Judgement(
                    NAME,
                    scenario,
                    metric.id(),
                    of,
                    Status.INCONCLUSIVE,
                    Message.of("verdict.limitWithoutValue", scenario, metric.id()),
                    Optional.empty(),
                    threshold.fail().or(threshold::unstable),
                    false);
        }
        return judge(threshold, scenario, metric, of, worst.get(), candidates);
    }

    private static Judgement judge(
            Threshold threshold,
            String scenario,
            Metric metric,
            String of,
            Candidate worst,
            List<Candidate> candidates) {
        Status status = Status.PASS;
        Optional<Double> limit = threshold.unstable().or(threshold::fail);
        String limitText = threshold.unstable().isPresent() ? threshold.unstableText() : threshold.failText();
        if (worst.crosses(threshold.fail(), metric)) {
            status = Status.FAIL;
            limit = threshold.fail();
            limitText = threshold.failText();
        } else if (worst.crosses(threshold.unstable(), metric)) {
            status = Status.UNSTABLE;
        }
        boolean crossed = status != Status.PASS;
        Optional<Double> judged = limit;
        long crossing = candidates.stream()
                .filter(candidate -> candidate.crosses(judged, metric))
                .count();
        boolean straddles = limit.isPresent() && worst.straddles(limit.get(), metric);
        String key = key(threshold.of(), crossed);
        String value = (worst.upper() == Double.POSITIVE_INFINITY ? "≥ " : "")
                + QuantityText.text(worst.value(), metric.unit());
        Message sentence = Message.of(
                key,
                scenario,
                metric.id(),
                value,
                limitText.isEmpty() ? QuantityText.text(limit.orElse(0.0), metric.unit()) : limitText,
                worst.which(),
                crossing,
                candidates.size());
        return new Judgement(
                NAME, scenario, metric.id(), of, status, sentence, Optional.of(worst.value()), limit, straddles);
    }

    private static String key(Threshold.Of of, boolean crossed) {
        return switch (of) {
            case MEDIAN -> crossed ? "verdict.limitMedianCrossed" : "verdict.limitMedianKept";
            case WORST -> crossed ? "verdict.limitWorstCrossed" : "verdict.limitWorstKept";
            case EACH -> crossed ? "verdict.limitEachCrossed" : "verdict.limitEachKept";
        };
    }

    private static List<Candidate> medians(RunResult result, Metric metric, String scenario) {
        List<Candidate> medians = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            List<Sample> samples = counting(result, scenario)
                    .filter(sample -> sample.direction() == direction)
                    .toList();
            List<Figure> figures = samples.stream()
                    .flatMap(sample -> sample.figure(metric).stream())
                    .filter(figure -> figure.amount().isPresent())
                    .toList();
            if (!figures.isEmpty()) {
                RankedValues ranked = new RankedValues(figures, metric.better());
                medians.add(new Candidate(
                        samples.get(0).from() + " → " + samples.get(0).to(),
                        ranked.median(),
                        ranked.medianLower(),
                        ranked.medianUpper()));
            }
        }
        return medians;
    }

    private static List<Candidate> singles(RunResult result, Metric metric, String scenario) {
        return counting(result, scenario)
                .flatMap(sample -> sample.figure(metric).flatMap(figure -> Candidate.of(sample, figure)).stream())
                .toList();
    }

    private static Stream<Sample> counting(RunResult result, String scenario) {
        return result.samples().stream()
                .filter(sample -> sample.counts() && sample.scenario().equals(scenario));
    }

    /**
     * Something that is held against a limit.
     *
     * @param which the hosts of a median's direction, the order of a sample
     */
    private record Candidate(String which, double value, double lower, double upper) {
        static Optional<Candidate> of(Sample sample, Figure figure) {
            String which = Integer.toString(sample.order());
            if (figure instanceof Figure.Measured measured) {
                return Optional.of(new Candidate(which, measured.value(), measured.lower(), measured.upper()));
            }
            if (figure instanceof Figure.AtLeast atLeast) {
                return Optional.of(new Candidate(which, atLeast.value(), atLeast.value(), Double.POSITIVE_INFINITY));
            }
            return Optional.empty();
        }

        double worseEnd(Metric metric) {
            return metric.better() == Metric.Better.HIGHER ? lower : upper;
        }

        boolean crosses(Optional<Double> limit, Metric metric) {
            return limit.isPresent() && beyond(worseEnd(metric), limit.get(), metric);
        }

        boolean straddles(double limit, Metric metric) {
            return beyond(lower, limit, metric) != beyond(upper, limit, metric);
        }

        private static boolean beyond(double value, double limit, Metric metric) {
            return metric.better() == Metric.Better.HIGHER ? value <= limit : value >= limit;
        }
    }
}
