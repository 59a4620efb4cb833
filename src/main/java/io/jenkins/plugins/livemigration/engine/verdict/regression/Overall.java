package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.util.List;
import java.util.stream.Collectors;

/** The one sentence over all primary figures. */
final class Overall {
    private Overall() {}

    static Message sentence(
            Status status, List<FigureVerdict> primary, Baseline baseline, List<EnvironmentChange> changes) {
        List<FigureVerdict> compared =
                primary.stream().filter(figure -> figure.against().isPresent()).toList();
        String builds = Sentences.labels(
                baseline.builds().stream().map(BaselineBuild::label).toList());
        return switch (status) {
            case UNSTABLE, FAIL -> worse(compared, builds, changes, baseline);
            case INSUFFICIENT_BASELINE -> insufficient(primary, compared, baseline);
            case INCONCLUSIVE ->
                Message.of("verdict/regression.overallInconclusive", compared.size(), named(primary, status), builds);
            default -> notWorse(compared, builds, baseline);
        };
    }

    /** Behind a level that was accepted a figure has fewer builds than the others, which are compared. */
    private static Message insufficient(List<FigureVerdict> primary, List<FigureVerdict> compared, Baseline baseline) {
        if (compared.isEmpty()) {
            int most = primary.stream()
                    .mapToInt(figure -> figure.builds().size())
                    .max()
                    .orElse(baseline.builds().size());
            return Message.of("verdict/regression.overallInsufficient", most, FigureComparison.FEWEST_BUILDS);
        }
        return Message.of(
                "verdict/regression.overallPartlyInsufficient",
                FigureComparison.FEWEST_BUILDS,
                named(primary, Status.INSUFFICIENT_BASELINE));
    }

    /** What is muted and got worse all the same is named: it would be wrong to say that nothing did. */
    private static Message notWorse(List<FigureVerdict> compared, String builds, Baseline baseline) {
        List<FigureVerdict> muted = compared.stream()
                .filter(figure -> !figure.gates() && figure.alarmed())
                .toList();
        long gating = compared.stream().filter(FigureVerdict::gates).count();
        int size = baseline.builds().size();
        return muted.isEmpty()
                ? Message.of("verdict/regression.overallNotWorse", compared.size(), size, builds)
                : Message.of("verdict/regression.overallWorseButMuted", gating, size, builds, list(muted));
    }

    private static String list(List<FigureVerdict> alarmed) {
        return alarmed.stream()
                .map(figure -> figure.scenario() + " " + figure.metric() + " "
                        + figure.against()
                                .map(against -> changed(figure, against))
                                .orElse(""))
                .collect(Collectors.joining("; "));
    }

    private static Message worse(
            List<FigureVerdict> compared, String builds, List<EnvironmentChange> changes, Baseline baseline) {
        List<FigureVerdict> alarmed = compared.stream()
                .filter(figure -> figure.gates() && figure.alarmed())
                .toList();
        String list = list(alarmed);
        if (changes.isEmpty()) {
            return Message.of("verdict/regression.overallWorse", alarmed.size(), compared.size(), builds, list);
        }
        return Message.of(
                "verdict/regression.overallWorseAfterChange",
                alarmed.size(),
                compared.size(),
                builds,
                list,
                baseline.newest().map(BaselineBuild::label).orElse(""),
                changes.stream().limit(5).map(Object::toString).collect(Collectors.joining(", "))
                        + (changes.size() > 5 ? ", ..." : ""));
    }

    private static String changed(FigureVerdict figure, AgainstBaseline against) {
        Metric metric = Metrics.find(figure.metric()).orElseThrow();
        FigureScale scale = new FigureScale(metric, RelevantChanges.of(metric));
        return (against.ratio() ? "\u00d7" : "") + Sentences.change(against.change(), scale, metric.unit()) + " ("
                + Sentences.probability("p", against.p()) + ", " + Sentences.probability("q", against.q()) + ")";
    }

    private static String named(List<FigureVerdict> figures, Status status) {
        return figures.stream()
                .filter(figure -> figure.gates() && figure.status() == status)
                .map(figure -> figure.scenario() + " " + figure.metric())
                .collect(Collectors.joining(", "));
    }
}
