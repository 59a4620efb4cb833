package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.List;
import java.util.Optional;

/**
 * What the counting samples of one scenario say about one metric, in the metric's unit.
 *
 * @param direction only that direction's samples; both if absent
 * @param n samples with a value; samples known to be "at least" count and rank as worst
 * @param atLeast how many of them are lower bounds only
 * @param absent why samples have no value, with how many each
 * @param median and quartiles by the R-8 definition
 * @param worst by the metric's direction
 * @param medianLower lower bound of the median's 95 % confidence interval by order statistics; needs n of 6
 * @param category of the median, where the metric has categories
 * @param categoryStraddles the median's resolution reaches across an edge; the worse class was taken
 */
public record Summary(
        String scenario,
        Optional<Direction> direction,
        String metric,
        int n,
        int atLeast,
        List<Absences> absent,
        double median,
        double lowerQuartile,
        double upperQuartile,
        double best,
        double worst,
        Optional<Double> medianLower,
        Optional<Double> medianUpper,
        Optional<String> category,
        boolean categoryStraddles) {
    public Summary {
        absent = List.copyOf(absent);
    }

    /** So many samples have no value for this reason. */
    public record Absences(Message reason, int count) {}
}
