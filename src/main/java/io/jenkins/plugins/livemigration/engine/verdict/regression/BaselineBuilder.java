package io.jenkins.plugins.livemigration.engine.verdict.regression;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Chooses from earlier builds what a run is compared with: the newest ones that finished, measured the same and did so on
 * comparable hosts.
 *
 * <p>A figure that regressed does not become the baseline by itself. It is left out where the regression was confirmed by a
 * second draw: a round after a fresh start, or the build before or after, which alarmed too. An alarm of the newest build
 * has no neighbour yet and is left out for the time being. A single alarm between quiet builds stays in: leaving out
 * every value that happens to be high would make the baseline ever narrower and the next false alarm likelier
 * (docs/verdict.md has the figures).
 */
public final class BaselineBuilder {
    private static final int MOST_SKIPPED = 100;
    /** Of a figure there are two short lists of numbers: so many make a few megabytes of JSON. */
    private static final int MOST_FIGURES = 8_000;

    private final RegressionPlan plan;

    /** A builder for runs with this plan. */
    public BaselineBuilder(RegressionPlan plan) {
        this.plan = plan;
    }

    /**
     * The rolling baseline of a run.
     *
     * @param history oldest first, without the run itself
     */
    public Baseline rolling(RunResult run, List<PastBuild> history, List<Acceptance> accepted, List<Mute> mutes) {
        return rolling(ComparablePlan.digest(run.plan()), run.environment(), history, accepted, mutes);
    }

    /**
     * The rolling baseline of a run that has not begun. Its hosts are not known yet: {@link #comparable} leaves builds on
     * other ones out when they are.
     *
     * @param plan of the run
     * @param history oldest first
     */
    public Baseline ahead(JsonNode plan, List<PastBuild> history, List<Acceptance> accepted, List<Mute> mutes) {
        return rolling(ComparablePlan.digest(plan), Map.of(), history, accepted, mutes);
    }

    /** What of a baseline that was made before the run began can be compared with it. */
    public Baseline comparable(RunResult run, Baseline given) {
        String digest = ComparablePlan.digest(run.plan());
        List<SkippedBuild> skipped = new ArrayList<>(given.skipped());
        List<BaselineBuild> builds = comparable(digest, run, given.builds(), skipped);
        List<BaselineBuild> golden = comparable(digest, run, given.golden(), skipped);
        return new Baseline(given.formatVersion(), builds, golden, skipped, given.acceptances(), given.mutes());
    }

    private List<BaselineBuild> comparable(
            String digest, RunResult run, List<BaselineBuild> builds, List<SkippedBuild> skipped) {
        List<BaselineBuild> fit = new ArrayList<>();
        for (BaselineBuild build : builds) {
            Optional<Message> reason = unlike(build.planDigest(), build.environment(), digest, run.environment());
            if (reason.isPresent()) {
                skipped.add(new SkippedBuild(build.label(), reason.get()));
            } else {
                fit.add(build);
            }
        }
        return fit;
    }

    private Baseline rolling(
            String digest,
            Map<String, Map<String, String>> environment,
            List<PastBuild> history,
            List<Acceptance> accepted,
            List<Mute> mutes) {
        List<SkippedBuild> skipped = new ArrayList<>();
        List<Candidate> candidates = new ArrayList<>();
        for (PastBuild past : history) {
            Optional<Message> reason = unfit(past, digest, environment);
            if (reason.isPresent()) {
                skipped.add(new SkippedBuild(past.label(), reason.get()));
            } else {
                candidates.add(new Candidate(past, past.result().orElseThrow()));
            }
        }
        List<BaselineBuild> builds = new ArrayList<>();
        for (int i = candidates.size() - 1; i >= 0 && builds.size() < 2 * plan.window(); i--) {
            builds.add(withoutRegressions(candidates, i, accepted, skipped));
        }
        Collections.reverse(builds);
        int surplus = Math.max(0, skipped.size() - MOST_SKIPPED);
        return new Baseline(
                Baseline.FORMAT_VERSION,
                bounded(builds),
                List.of(),
                skipped.subList(surplus, skipped.size()),
                accepted,
                mutes);
    }

    /** Builds that somebody named, pinned as golden or given as files: taken as they are if they measured the same. */
    public List<BaselineBuild> named(RunResult run, List<PastBuild> builds, List<SkippedBuild> skipped) {
        List<BaselineBuild> fit = new ArrayList<>();
        for (PastBuild past : builds) {
            Optional<Message> reason = unfit(past, ComparablePlan.digest(run.plan()), run.environment());
            if (reason.isPresent()) {
                skipped.add(new SkippedBuild(past.label(), reason.get()));
            } else {
                fit.add(reduce(past.label(), past.result().orElseThrow()));
            }
        }
        return bounded(fit);
    }

    private Optional<Message> unfit(PastBuild past, String digest, Map<String, Map<String, String>> environment) {
        if (past.state() == PastBuild.State.RUNNING) {
            return Optional.of(Message.of("verdict/regression.skippedRunning"));
        }
        if (past.result().isEmpty()) {
            return Optional.of(Message.of("verdict/regression.skippedWithoutResult"));
        }
        JudgedResult judged = past.result().get();
        if (past.state() == PastBuild.State.BROKEN || !good(judged)) {
            return Optional.of(Message.of("verdict/regression.skippedFailed"));
        }
        return unlike(
                ComparablePlan.digest(judged.result().plan()), judged.result().environment(), digest, environment);
    }

    /** Why something that was measured by that plan on those hosts is not like what is measured now. */
    private Optional<Message> unlike(
            String planBefore,
            Map<String, Map<String, String>> before,
            String planNow,
            Map<String, Map<String, String>> now) {
        if (!planBefore.equals(planNow)) {
            return Optional.of(Message.of("verdict/regression.skippedOtherPlan"));
        }
        List<EnvironmentChange> hardware = EnvironmentChange.between(before, now).stream()
                .filter(change -> plan.fixedFacts().contains(change.fact()) && change.known())
                .toList();
        return hardware.isEmpty()
                ? Optional.empty()
                : Optional.of(Message.of(
                        "verdict/regression.skippedOtherHosts",
                        hardware.stream().limit(3).map(Object::toString).collect(Collectors.joining(", "))));
    }

    /** It ran to its end and nothing but a regression makes it fail. */
    private static boolean good(JudgedResult judged) {
        return judged.result().end().kind() == RunEnd.Kind.COMPLETED
                && judged.verdict().judgements().stream()
                        .filter(judgement -> !judgement.rule().equals(RegressionReport.RULE))
                        .noneMatch(judgement ->
                                judgement.status() == Status.FAIL || judgement.status() == Status.INFRASTRUCTURE);
    }

    private static BaselineBuild withoutRegressions(
            List<Candidate> candidates, int index, List<Acceptance> accepted, List<SkippedBuild> skipped) {
        Candidate candidate = candidates.get(index);
        BaselineBuild build = reduce(candidate.past().label(), candidate.judged());
        List<BuildFigure> kept = new ArrayList<>();
        for (BuildFigure figure : build.figures()) {
            boolean isAccepted = accepted.stream()
                    .anyMatch(acceptance -> acceptance.covers(figure.scenario(), figure.metric())
                            && !build.startedAt().isBefore(acceptance.from()));
            if (isAccepted || !regressed(candidates, index, figure)) {
                kept.add(figure);
            } else {
                skipped.add(new SkippedBuild(
                        build.label(),
                        Message.of("verdict/regression.skippedRegressed", figure.scenario(), figure.metric())));
            }
        }
        return build.with(kept);
    }

    private static boolean regressed(List<Candidate> candidates, int index, BuildFigure figure) {
        Candidate candidate = candidates.get(index);
        boolean confirmed = candidate
                .report()
                .flatMap(RegressionReport::confirmation)
                .map(confirmation -> confirmation.confirmedAfresh(figure.scenario(), figure.metric()))
                .orElse(false);
        return keptOut(
                candidate.alarmed(figure),
                confirmed,
                index > 0 && candidates.get(index - 1).alarmed(figure),
                index == candidates.size() - 1 || candidates.get(index + 1).alarmed(figure));
    }

    /**
     * Whether a figure of a build stays out of the baseline.
     *
     * @param alarmed it alarmed
     * @param confirmedAfresh and a round after a fresh start did too
     * @param alarmedBefore the comparable build before it alarmed
     * @param alarmedAfterOrNewest the one after it did, or there is none yet
     */
    public static boolean keptOut(
            boolean alarmed, boolean confirmedAfresh, boolean alarmedBefore, boolean alarmedAfterOrNewest) {
        return alarmed && (confirmedAfresh || alarmedBefore || alarmedAfterOrNewest);
    }

    private static BaselineBuild reduce(String label, JudgedResult judged) {
        return BuildFigures.bounded(label, judged.result());
    }

    private static List<BaselineBuild> bounded(List<BaselineBuild> builds) {
        int figures = builds.stream().mapToInt(build -> build.figures().size()).sum();
        if (figures <= MOST_FIGURES) {
            return builds;
        }
        return builds.stream()
                .map(build -> build.with(build.figures().stream()
                        .filter(figure -> PrimaryFamily.isPrimaryKind(figure.metric()))
                        .limit(Math.max(1, MOST_FIGURES / builds.size()))
                        .toList()))
                .toList();
    }

    private record Candidate(PastBuild past, JudgedResult judged) {
        Optional<RegressionReport> report() {
            return judged.verdict().regression();
        }

        boolean alarmed(BuildFigure figure) {
            return report().flatMap(report -> report.figure(figure.scenario(), figure.metric()))
                    .map(FigureVerdict::alarmed)
                    .orElse(false);
        }
    }
}
