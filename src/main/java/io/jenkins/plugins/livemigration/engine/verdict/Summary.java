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
 * @param spread absent if no sample has a value
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
        Optional<Spread> spread,
        Optional<String> category,
        boolean categoryStraddles) {
    public Summary {
        absent = List.copyOf(absent);
    }

    /** So many samples have no value for this reason. */
    public record Absences(Message reason, int count) {}

    /**
     * Where the values lie. Quantiles by definition R-8 of Hyndman and Fan, 1996.
     *
     * @param medianIsAtLeast the median rests on a sample that is a lower bound only
     * @param worst by the metric's direction
     * @param worstIsAtLeast the worst value is a lower bound only
     * @param medianInterval of the median with a confidence of at least 95 %, by order statistics; needs n of 6
     */
    public record Spread(
            double median,
            boolean medianIsAtLeast,
            double lowerQuartile,
            double upperQuartile,
            double best,
            double worst,
            boolean worstIsAtLeast,
            Optional<Interval> medianInterval) {}

    /**
     * From here to there.
     *
     * @param upperIsAtLeast the upper end is a lower bound only
     */
    public record Interval(double lower, double upper, boolean upperIsAtLeast) {}
}
