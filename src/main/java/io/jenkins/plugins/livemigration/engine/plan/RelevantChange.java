package io.jenkins.plugins.livemigration.engine.plan;

/**
 * The smallest change for the worse of a metric that matters to anybody. Both parts must be reached.
 *
 * @param relative as a fraction of the baseline (0.1 for 10 %); 0 where only the absolute part counts
 * @param absolute in the metric's unit; 0 where only the relative part counts
 */
public record RelevantChange(double relative, double absolute) {
    public RelevantChange {
        if (!(relative >= 0 && absolute >= 0 && relative + absolute > 0 && Double.isFinite(relative + absolute))) {
            throw new IllegalArgumentException("no relevant change: " + relative + ", " + absolute);
        }
    }
}
