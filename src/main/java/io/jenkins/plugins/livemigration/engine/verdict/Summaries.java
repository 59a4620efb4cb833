package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says of every scenario, direction and metric of a run what its counting samples say. */
public final class Summaries {
    private final Map<String, CategoryEdges> categories;

    /** Summaries whose medians are sorted into these categories, by metric id. */
    public Summaries(Map<String, CategoryEdges> categories) {
        this.categories = categories;
    }

    /**
     * All summaries of the run: by scenario, then both directions together, OUT and BACK (left out where there are no
     * samples of it), then by metric in the catalogue's order. Metrics of which no sample says anything are left out;
     * figures under a name that the catalogue does not know stay in the samples alone.
     */
    public List<Summary> of(RunResult result) {
        List<Summary> summaries = new ArrayList<>();
        for (String scenario : result.scenarios()) {
            List<Sample> samples = result.samples().stream()
                    .filter(sample -> sample.counts() && sample.scenario().equals(scenario))
                    .toList();
            summarise(scenario, Optional.empty(), samples, summaries);
            for (Direction direction : Direction.values()) {
                List<Sample> oneWay = samples.stream()
                        .filter(sample -> sample.direction() == direction)
                        .toList();
                summarise(scenario, Optional.of(direction), oneWay, summaries);
            }
        }
        return summaries;
    }

    private void summarise(
            String scenario, Optional<Direction> direction, List<Sample> samples, List<Summary> summaries) {
        for (Metric metric : Metrics.all()) {
            List<Figure> figures = samples.stream()
                    .flatMap(sample -> sample.figure(metric).stream())
                    .toList();
            if (!figures.isEmpty()) {
                summaries.add(summary(scenario, direction, metric, figures));
            }
        }
    }

    private Summary summary(String scenario, Optional<Direction> direction, Metric metric, List<Figure> figures) {
        List<Figure> withValue =
                figures.stream().filter(figure -> figure.amount().isPresent()).toList();
        int atLeast = (int)
                withValue.stream().filter(Figure.AtLeast.class::isInstance).count();
        if (withValue.isEmpty()) {
            return new Summary(
                    scenario,
                    direction,
                    metric.id(),
                    0,
                    0,
                    absences(figures),
                    Optional.empty(),
                    Optional.empty(),
                    false);
        }
        RankedValues ranked = new RankedValues(withValue, metric.better());
        Optional<CategoryTable.Placement> placement = Optional.ofNullable(categories.get(metric.id()))
                .map(edges ->
                        new CategoryTable(edges, metric.better()).place(ranked.medianLower(), ranked.medianUpper()));
        return new Summary(
                scenario,
                direction,
                metric.id(),
                withValue.size(),
                atLeast,
                absences(figures),
                Optional.of(ranked.spread()),
                placement.map(CategoryTable.Placement::category),
                placement.map(CategoryTable.Placement::straddles).orElse(false));
    }

    private static List<Summary.Absences> absences(List<Figure> figures) {
        Map<Message, Integer> counts = new LinkedHashMap<>();
        for (Figure figure : figures) {
            if (figure instanceof Figure.Absent absent) {
                counts.merge(absent.reason(), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .map(entry -> new Summary.Absences(entry.getKey(), entry.getValue()))
                .toList();
    }
}
