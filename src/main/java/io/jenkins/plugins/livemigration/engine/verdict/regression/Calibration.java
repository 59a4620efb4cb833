package io.jenkins.plugins.livemigration.engine.verdict.regression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.PredictionInterval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Thresholds and noise floors from runs that are known to be good.
 *
 * <p>A threshold lies where a further good build's median would come out with a probability of 1 % (UNSTABLE) and 0.1 %
 * (FAIL), and at least one and two relevant changes above the level. The noise floor of a metric is the standard
 * deviation between the builds, of the noisiest scenario.
 *
 * @param figures what was derived, for every primary figure that at least three of the builds have
 */
public record Calibration(List<CalibratedFigure> figures) {
    /** Name of the rule in judgements. */
    public static final String RULE = "calibration";

    /** The file that a calibrating run leaves in its folder. */
    public static final String FILE = "calibration.yaml";

    /** A calibration needs so many builds. */
    public static final int FEWEST_BUILDS = FigureComparison.FEWEST_BUILDS;

    private static final double UNSTABLE_AT = 0.01;
    private static final double FAIL_AT = 0.001;
    private static final int DIGITS = 3;

    public Calibration {
        figures = List.copyOf(figures);
    }

    /**
     * One figure.
     *
     * @param metric its id
     * @param builds so many builds have it
     * @param level centre of their medians, in the metric's unit
     * @param noise standard deviation between builds, on the metric's scale
     * @param unstable derived limit of the median
     * @param fail derived limit of the median
     */
    public record CalibratedFigure(
            String scenario, String metric, int builds, double level, double noise, double unstable, double fail) {
        private Metric known() {
            return Metrics.find(metric).orElseThrow();
        }
    }

    /** So many builds the figures rest on, at most; 0 if there are none. */
    public int builds() {
        return figures.stream().mapToInt(CalibratedFigure::builds).max().orElse(0);
    }

    /** Derives them from at least three runs of the same plan; figures of fewer builds are left out. */
    public static Calibration of(List<RunResult> knownGood, RegressionPlan plan) {
        Map<List<String>, List<BuildFigure>> byFigure = new LinkedHashMap<>();
        for (RunResult run : knownGood) {
            own(run).forEach((key, figure) ->
                    byFigure.computeIfAbsent(key, none -> new ArrayList<>()).add(figure));
        }
        return of(byFigure, plan);
    }

    /**
     * Derives them from a run that is known to be good and from the builds that it would have been compared with.
     *
     * @param baseline may be empty
     */
    public static Calibration of(RunResult knownGood, Baseline baseline, RegressionPlan plan) {
        Map<List<String>, List<BuildFigure>> byFigure = new LinkedHashMap<>();
        own(knownGood).forEach((key, figure) -> {
            List<BuildFigure> figures = new ArrayList<>(baseline.builds().stream()
                    .flatMap(build -> build.figure(figure.scenario(), figure.metric()).stream())
                    .filter(other -> other.n() >= FigureComparison.FEWEST_SAMPLES
                            && other.covered().equals(figure.covered()))
                    .toList());
            figures.add(figure);
            byFigure.put(key, figures.subList(Math.max(0, figures.size() - plan.window()), figures.size()));
        });
        return of(byFigure, plan);
    }

    private static Map<List<String>, BuildFigure> own(RunResult run) {
        Map<List<String>, BuildFigure> figures = new LinkedHashMap<>();
        for (String scenario : run.scenarios()) {
            for (Metric metric : PrimaryFamily.of(run, scenario).metrics()) {
                BuildFigures.figure(run, scenario, metric)
                        .ifPresent(figure -> figures.put(List.of(scenario, metric.id()), figure));
            }
        }
        return figures;
    }

    private static Calibration of(Map<List<String>, List<BuildFigure>> byFigure, RegressionPlan plan) {
        List<CalibratedFigure> figures = new ArrayList<>();
        byFigure.forEach((key, builds) -> {
            if (builds.size() >= FigureComparison.FEWEST_BUILDS) {
                figures.add(calibrate(key.get(0), Metrics.find(key.get(1)).orElseThrow(), builds, plan));
            }
        });
        return new Calibration(figures);
    }

    private static CalibratedFigure calibrate(
            String scenario, Metric metric, List<BuildFigure> builds, RegressionPlan plan) {
        FigureComparison.Rules rules = RegressionRule.rules(plan, metric);
        FigureScale scale = new FigureScale(metric, rules.change());
        Alignment alignment = Alignment.of(builds, scale);
        double squares = 0;
        double[] centres = new double[builds.size()];
        for (int i = 0; i < centres.length; i++) {
            Alignment.Location location = alignment.locate(builds.get(i));
            centres[i] = location.centre();
            squares += location.error() * location.error();
        }
        PredictionInterval interval = PredictionInterval.of(centres, Math.sqrt(squares / centres.length));
        double relevant = scale.relevantShift(interval.mean());
        return new CalibratedFigure(
                scenario,
                metric.id(),
                centres.length,
                scale.value(interval.mean()),
                interval.sigma(),
                scale.value(Math.max(interval.upper(UNSTABLE_AT), interval.mean() + relevant)),
                scale.value(Math.max(interval.upper(FAIL_AT), interval.mean() + 2 * relevant)));
    }

    /** The keys {@code thresholds} and {@code regression} of a plan. */
    public ObjectNode fragment() {
        ObjectNode plan = JsonNodeFactory.instance.objectNode();
        ArrayNode thresholds = plan.putArray("thresholds");
        Map<String, CalibratedFigure> noisiest = new LinkedHashMap<>();
        for (CalibratedFigure figure : figures) {
            ObjectNode threshold = thresholds.addObject();
            threshold.put("metric", figure.metric());
            threshold.put("of", "median");
            threshold.put("scenario", figure.scenario());
            threshold.put("unstable", amount(figure.unstable(), figure.known()));
            threshold.put("fail", amount(figure.fail(), figure.known()));
            noisiest.merge(figure.metric(), figure, (one, other) -> one.noise() >= other.noise() ? one : other);
        }
        ObjectNode floors = plan.putObject("regression").putObject("noiseFloors");
        noisiest.forEach((metric, figure) -> floors.put(
                metric,
                figure.known().scale() == Metric.Scale.LOGARITHMIC
                        ? rounded(100 * figure.noise(), RoundingMode.UP) + " %"
                        : amount(figure.noise(), figure.known())));
        return plan;
    }

    /** The fragment as YAML, with a comment on each figure's origin. Texts are quoted as in JSON, which YAML reads. */
    public String yaml() {
        StringBuilder yaml = new StringBuilder();
        ObjectNode plan = fragment();
        yaml.append("thresholds:\n");
        for (int i = 0; i < figures.size(); i++) {
            CalibratedFigure figure = figures.get(i);
            yaml.append("  # from ")
                    .append(figure.builds())
                    .append(" builds, median ")
                    .append(amount(figure.level(), figure.known()))
                    .append('\n');
            yaml.append("  - ").append(plan.get("thresholds").get(i)).append('\n');
        }
        yaml.append("regression:\n  noiseFloors:\n");
        for (Map.Entry<String, JsonNode> floor :
                plan.get("regression").get("noiseFloors").properties()) {
            yaml.append("    ")
                    .append(floor.getKey())
                    .append(": ")
                    .append(floor.getValue())
                    .append('\n');
        }
        return yaml.toString();
    }

    /** Rounded away from the good side, so that rounding never makes a limit stricter. */
    private static String amount(double value, Metric metric) {
        String number = rounded(value, metric.better() == Metric.Better.HIGHER ? RoundingMode.DOWN : RoundingMode.UP);
        return metric.unit() == Unit.COUNT
                ? number
                : number + " " + metric.unit().symbol();
    }

    private static String rounded(double value, RoundingMode mode) {
        BigDecimal exact = BigDecimal.valueOf(value).round(new MathContext(DIGITS, mode));
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
}
