package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges what went wrong in a run, without any threshold: a migration that fails is a result, and one that loses the
 * workload's state is the gravest.
 *
 * <ul>
 *   <li>State lost in any sample, warm-ups included: FAIL.
 *   <li>Half or more of a scenario's measured migrations failed: FAIL. Fewer, or only warm-ups: UNSTABLE.
 *   <li>The platform cannot do what was asked: INCONCLUSIVE.
 * </ul>
 */
final class FailureRule {
    static final String NAME = "failures";

    /** The judgements, none for a scenario in which nothing went wrong. */
    List<Judgement> judge(RunResult result) {
        List<Judgement> judgements = new ArrayList<>();
        for (String scenario : result.scenarios()) {
            List<Sample> samples = result.samples().stream()
                    .filter(sample -> sample.scenario().equals(scenario))
                    .toList();
            stateLost(scenario, samples).ifPresent(judgements::add);
            failed(scenario, samples).ifPresent(judgements::add);
            notSupported(scenario, samples).ifPresent(judgements::add);
        }
        return judgements;
    }

    /** What went wrong in a second round, said so: looking again must not hide it. */
    List<Judgement> judgeAgain(RunResult round) {
        return judge(round).stream()
                .flatMap(judgement -> sentenceAgain(judgement.sentence()).stream()
                        .map(sentence -> new Judgement(
                                NAME,
                                judgement.scenario(),
                                "",
                                "",
                                judgement.status(),
                                sentence,
                                judgement.value(),
                                Optional.empty(),
                                false)))
                .toList();
    }

    /** None for what the first round said already: that the platform does not support it. */
    private static Optional<Message> sentenceAgain(Message sentence) {
        Object[] arguments = sentence.arguments().toArray();
        return switch (sentence.key()) {
            case "verdict.stateLost" -> Optional.of(Message.of("verdict.secondRoundStateLost", arguments));
            case "verdict.migrationsFailed" ->
                Optional.of(Message.of("verdict.secondRoundMigrationsFailed", arguments));
            case "verdict.warmupFailed" -> Optional.of(Message.of("verdict.secondRoundWarmupFailed", arguments));
            default -> Optional.empty();
        };
    }

    private static Optional<Judgement> stateLost(String scenario, List<Sample> samples) {
        long checked =
                samples.stream().filter(sample -> sample.state().isPresent()).count();
        List<Sample> lost = samples.stream()
                .filter(sample -> sample.state().map(state -> !state.kept()).orElse(false))
                .toList();
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(judgement(
                scenario,
                Status.FAIL,
                Message.of(
                        "verdict.stateLost",
                        scenario,
                        lost.size(),
                        checked,
                        lost.get(0).order()),
                lost.size()));
    }

    private static Optional<Judgement> failed(String scenario, List<Sample> samples) {
        List<Sample> failed = samples.stream()
                .filter(sample -> sample.outcome() instanceof Outcome.Failed)
                .toList();
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        long measuredAndFailed =
                failed.stream().filter(sample -> !sample.warmup()).count();
        long measured = samples.stream()
                .filter(sample -> !sample.warmup())
                .filter(sample -> sample.outcome().succeeded() || sample.outcome() instanceof Outcome.Failed)
                .count();
        if (measuredAndFailed == 0) {
            return Optional.of(judgement(
                    scenario,
                    Status.UNSTABLE,
                    Message.of("verdict.warmupFailed", scenario, failed.size()),
                    failed.size()));
        }
        boolean half = 2 * measuredAndFailed >= measured;
        return Optional.of(judgement(
                scenario,
                half ? Status.FAIL : Status.UNSTABLE,
                Message.of("verdict.migrationsFailed", scenario, measuredAndFailed, measured),
                measuredAndFailed));
    }

    private static Optional<Judgement> notSupported(String scenario, List<Sample> samples) {
        boolean any = samples.stream().anyMatch(sample -> sample.outcome() instanceof Outcome.NotSupported);
        return any
                ? Optional.of(judgement(
                        scenario, Status.INCONCLUSIVE, Message.of("verdict.scenarioNotSupported", scenario), 0))
                : Optional.empty();
    }

    private static Judgement judgement(String scenario, Status status, Message sentence, long count) {
        return new Judgement(
                NAME, scenario, "", "", status, sentence, Optional.of((double) count), Optional.empty(), false);
    }
}
