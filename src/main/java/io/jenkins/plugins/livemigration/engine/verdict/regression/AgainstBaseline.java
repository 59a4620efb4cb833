package io.jenkins.plugins.livemigration.engine.verdict.regression;

/**
 * How a figure compares with the baseline's builds, in the metric's unit.
 *
 * @param baselineMedian centre of the baseline builds' medians
 * @param ratio whether changes are ratios new / old (else differences new - old)
 * @param change the change
 * @param lower end of its 95 % confidence interval, which knows the variation between builds
 * @param upper end of it
 * @param p one-sided: the chance of such a change for the worse or a greater one, had nothing changed
 * @param q p adjusted for all figures that were compared together, by Benjamini and Hochberg
 * @param matters from this value on a change for the worse is large enough to matter
 * @param limit from this value on p is below 5 %
 * @param detectable the change for the worse that would have been found with 80 % probability
 * @param betweenBuilds standard deviation between builds that was used, on the metric's scale
 */
public record AgainstBaseline(
        double baselineMedian,
        boolean ratio,
        double change,
        double lower,
        double upper,
        double p,
        double q,
        double matters,
        double limit,
        double detectable,
        double betweenBuilds) {}
