package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.util.List;
import java.util.Optional;

/**
 * What the comparison with the baseline says about one figure.
 *
 * @param primary whether it gates; else it only informs
 * @param status of this figure alone; for one that informs or is muted, what it would have been
 * @param n samples with a value
 * @param median the build's centre in the metric's unit, the directions' usual difference taken out
 * @param builds labels of the baseline's builds that were compared, oldest first
 * @param against absent where there were too few builds or samples
 * @param mute the mute that keeps it from gating
 */
public record FigureVerdict(
        String scenario,
        String metric,
        boolean primary,
        Status status,
        int n,
        double median,
        List<String> builds,
        Optional<AgainstBaseline> against,
        Optional<Mute> mute,
        Message sentence) {
    public FigureVerdict {
        builds = List.copyOf(builds);
    }

    /** Whether it speaks of a regression. */
    public boolean alarmed() {
        return status == Status.UNSTABLE || status == Status.FAIL;
    }

    /** Whether it changes the run's verdict. */
    public boolean gates() {
        return primary && mute.isEmpty();
    }

    /** Whether this is the figure of that scenario and metric. */
    public boolean is(String otherScenario, String otherMetric) {
        return scenario.equals(otherScenario) && metric.equals(otherMetric);
    }

    /** The same with another status and sentence. */
    FigureVerdict with(Status other, Message otherSentence) {
        return new FigureVerdict(scenario, metric, primary, other, n, median, builds, against, mute, otherSentence);
    }
}
