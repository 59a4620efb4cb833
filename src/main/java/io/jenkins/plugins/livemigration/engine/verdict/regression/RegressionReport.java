package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Judgement;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the comparison with the baseline says.
 *
 * @param status the gravest of the figures that gate
 * @param sentence the one sentence that says why
 * @param figures the primary ones first
 * @param changes what is different about the hosts since the baseline's newest build
 * @param builds labels of the baseline's builds, oldest first
 * @param skipped builds that are not part of the baseline, and why
 * @param notes outliers, directions, mutes: what the reader should know
 * @param confirmation the second look at what was suspected, if there was one
 */
public record RegressionReport(
        Status status,
        Message sentence,
        List<FigureVerdict> figures,
        List<FailureComparison> failures,
        List<CreepFinding> creep,
        List<EnvironmentChange> changes,
        List<String> builds,
        List<SkippedBuild> skipped,
        List<Message> notes,
        Optional<Confirmation> confirmation) {
    /** Name of the rule in judgements. */
    public static final String RULE = "regression";

    public RegressionReport {
        figures = List.copyOf(figures);
        failures = List.copyOf(failures);
        creep = List.copyOf(creep);
        changes = List.copyOf(changes);
        builds = List.copyOf(builds);
        skipped = List.copyOf(skipped);
        notes = List.copyOf(notes);
    }

    /** The figure of that scenario and metric, if it was compared. */
    public Optional<FigureVerdict> figure(String scenario, String metric) {
        return figures.stream().filter(figure -> figure.is(scenario, metric)).findFirst();
    }

    /**
     * The same sentence for a run that keeps all of so many limits, too: one must not hide the other. Empty if nothing was
     * compared.
     */
    public Optional<Message> sentenceWithin(int limits) {
        String key = switch (sentence.key()) {
            case "verdict/regression.overallNotWorse" -> "verdict/regression.overallNotWorseWithinLimits";
            case "verdict/regression.overallWorseButMuted" -> "verdict/regression.overallWorseButMutedWithinLimits";
            case "verdict/regression.overallNotConfirmedAfresh" ->
                "verdict/regression.overallNotConfirmedAfreshWithinLimits";
            case "verdict/regression.overallNotConfirmedInSameBoot" ->
                "verdict/regression.overallNotConfirmedInSameBootWithinLimits";
            default -> "";
        };
        if (key.isEmpty()) {
            return Optional.empty();
        }
        List<String> arguments = new ArrayList<>(sentence.arguments());
        arguments.add(Integer.toString(limits));
        return Optional.of(new Message(key, arguments));
    }

    /** Scenarios worth a second look: those with a primary figure that alarmed and gates. */
    public List<String> suspects() {
        return figures.stream()
                .filter(figure -> figure.gates() && figure.alarmed())
                .map(FigureVerdict::scenario)
                .distinct()
                .toList();
    }

    /** What this means for the verdict: one judgement for each primary figure; a muted one passes. */
    public List<Judgement> judgements() {
        return figures.stream()
                .filter(FigureVerdict::primary)
                .map(figure -> new Judgement(
                        RULE,
                        figure.scenario(),
                        figure.metric(),
                        "median",
                        figure.gates() ? figure.status() : Status.PASS,
                        figure.sentence(),
                        Optional.of(figure.median()),
                        figure.against().map(AgainstBaseline::limit).filter(Double::isFinite),
                        false))
                .toList();
    }
}
