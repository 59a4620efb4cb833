package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.plan.RelevantChange;
import io.jenkins.plugins.livemigration.engine.result.Metric;

/**
 * The scale on which a metric's values are compared, turned so that greater is worse: logarithms of durations and bytes,
 * the values themselves of counts and percentages.
 *
 * <p>Where the relevant change has an absolute part, values below it count as equal to it: a downtime of 0 ms has no
 * logarithm, and 1 ms instead of 2 ms is no halving that matters.
 */
public final class FigureScale {
    private static final double SMALLEST = 1e-9;

    private final boolean logarithmic;
    private final double sign;
    private final double smallest;
    private final RelevantChange change;

    /** The scale of a metric. */
    public FigureScale(Metric metric, RelevantChange change) {
        this.logarithmic = metric.scale() == Metric.Scale.LOGARITHMIC;
        this.sign = metric.better() == Metric.Better.HIGHER ? -1 : 1;
        this.smallest = Math.max(SMALLEST, change.absolute());
        this.change = change;
    }

    /** A value's place on the scale. */
    public double at(double value) {
        return sign * (logarithmic ? Math.log(Math.max(value, smallest)) : value);
    }

    /** The value at a place on the scale, in the metric's unit. */
    public double value(double place) {
        return logarithmic ? Math.exp(sign * place) : sign * place;
    }

    /** A small spread around a value, on the scale (to first order). */
    public double spread(double spread, double value) {
        return logarithmic ? spread / Math.max(value, smallest) : spread;
    }

    /**
     * A shift on the scale as the reader sees it: on a logarithmic scale the ratio new / old, else the difference new -
     * old, in the metric's own direction.
     */
    public double change(double shift) {
        return logarithmic ? Math.exp(sign * shift) : sign * shift;
    }

    /** Whether changes are ratios. */
    public boolean logarithmic() {
        return logarithmic;
    }

    /** 1 if greater values are worse, -1 if smaller ones are. */
    public double sign() {
        return sign;
    }

    /** Whether a change for the worse from one place of the scale to another is large enough to matter. */
    public boolean relevant(double reference, double place) {
        double shift = place - reference;
        double difference = sign * (value(place) - value(reference));
        // A hair's breadth of tolerance: a change of exactly the limit is one.
        return shift >= relevantShift() * (1 - 1e-9) && difference >= change.absolute() * (1 - 1e-9);
    }

    /** The shift that the relative part asks for; on a linear scale the absolute part. */
    public double relevantShift() {
        return logarithmic ? Math.log1p(change.relative()) : change.absolute();
    }

    /** The shift that must be reached from this place on, for both parts. */
    public double relevantShift(double reference) {
        if (!logarithmic) {
            return relevantShift();
        }
        double old = value(reference);
        double changed = old + sign * change.absolute();
        double absolute = changed > 0 ? at(changed) - reference : Double.MAX_VALUE;
        return Math.max(relevantShift(), absolute);
    }
}
