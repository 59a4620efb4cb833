package io.jenkins.plugins.livemigration.engine.history;

import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Acceptance;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineBuild;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineBuilder;
import io.jenkins.plugins.livemigration.engine.verdict.regression.PastBuild;
import io.jenkins.plugins.livemigration.engine.verdict.regression.SkippedBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * With what a run is to be compared.
 *
 * @param golden pinned results against which slow creep shows
 */
public record BaselineChoice(Source source, List<Path> golden) {
    /** Of the runs that cannot be used some are looked at beyond those that the builder takes. */
    private static final int SPARE = 20;

    public BaselineChoice {
        golden = List.copyOf(golden);
    }

    /** Where the baseline comes from. */
    public sealed interface Source {
        /** Nowhere: the run is compared with nothing but golden builds. */
        record Nothing() implements Source {}

        /** Earlier runs of the same benchmark beside the run. */
        record Beside() implements Source {}

        /** Results that somebody named: single ones, or directories of runs. */
        record Named(List<Path> paths) implements Source {
            public Named {
                paths = List.copyOf(paths);
            }
        }

        /** Whoever started the run handed it in. */
        record HandedIn(Baseline baseline) implements Source {}

        /** What the run was compared with before; nothing if it was not. */
        record Kept() implements Source {}
    }

    /** Compare with nothing. */
    public static final BaselineChoice NOTHING = new BaselineChoice(new Source.Nothing(), List.of());

    /** Compare with earlier runs beside it. */
    public static final BaselineChoice BESIDE = new BaselineChoice(new Source.Beside(), List.of());

    /** Compare with what it was compared with before. */
    public static final BaselineChoice KEPT = new BaselineChoice(new Source.Kept(), List.of());

    /**
     * Whether what was chosen is there.
     *
     * @param directory the one that the run's folder is in
     * @throws IOException if something that was named cannot be read; the message says what and why
     */
    public void check(Path directory) throws IOException {
        DecisionFile.read(directory);
        if (source instanceof Source.Named named) {
            PastRuns.named(named.paths());
        }
        PastRuns.named(golden);
    }

    /**
     * The baseline of a run; empty if there is nothing to compare it with, not even something that was skipped.
     *
     * @param folder the run's folder
     * @throws IOException if something that was named, or the decisions beside the run, cannot be read
     */
    public Optional<Baseline> baseline(RunResult run, Path folder, RegressionPlan plan) throws IOException {
        Path directory = directory(folder);
        Decisions decisions = DecisionFile.read(directory);
        BaselineBuilder builder = new BaselineBuilder(plan);
        Baseline baseline;
        if (source instanceof Source.Beside) {
            PastRuns history = PastRuns.of(directory, run.name(), run.startedAt(), folder, 2 * plan.window() + SPARE);
            Baseline rolling = builder.rolling(
                    run, history.builds(), decisions.acceptances(run.name()), decisions.mutes(run.name()));
            baseline = with(rolling, rolling.builds(), history.unreadable());
        } else if (source instanceof Source.Named named) {
            baseline = named(run, directory, named.paths(), builder);
        } else if (source instanceof Source.HandedIn handed) {
            baseline = builder.comparable(run, handed.baseline());
        } else if (source instanceof Source.Kept) {
            baseline = KeptBaseline.read(folder).orElse(Baseline.EMPTY);
        } else {
            baseline = Baseline.EMPTY;
        }
        baseline = decisions.in(baseline, run.name());
        if (!golden.isEmpty()) {
            List<SkippedBuild> skipped = new ArrayList<>();
            List<BaselineBuild> pinned =
                    builder.named(run, PastRuns.named(golden).builds(), skipped);
            baseline = with(baseline, baseline.builds(), skipped).withGolden(pinned);
        }
        boolean nothing = baseline.builds().isEmpty()
                && baseline.golden().isEmpty()
                && baseline.skipped().isEmpty()
                && !(source instanceof Source.HandedIn);
        return nothing ? Optional.empty() : Optional.of(baseline);
    }

    /** The directory in which a run's folder lies, and its decisions with it. */
    public static Path directory(Path folder) {
        Path parent = folder.toAbsolutePath().normalize().getParent();
        return parent == null ? folder : parent;
    }

    /**
     * Single results are taken as they are. A directory of runs, another branch's or another job's, is a history: what
     * regressed in it does not become the baseline by itself, and levels that were accepted there are.
     */
    private static Baseline named(RunResult run, Path own, List<Path> paths, BaselineBuilder builder)
            throws IOException {
        List<Path> single = new ArrayList<>();
        List<BaselineBuild> builds = new ArrayList<>();
        List<SkippedBuild> skipped = new ArrayList<>();
        List<Acceptance> acceptances = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path) || PastRuns.isRun(path)) {
                single.add(path);
                continue;
            }
            PastRuns there = PastRuns.named(List.of(path));
            List<Acceptance> accepted = DecisionFile.read(path).acceptances(run.name());
            String origin = Files.isSameFile(path, own) ? "" : PastRuns.origin(path) + " ";
            Baseline rolling = builder.rolling(
                    run,
                    without(run, there).stream()
                            .map(past -> new PastBuild(origin + past.label(), past.state(), past.result()))
                            .toList(),
                    accepted,
                    List.of());
            builds.addAll(rolling.builds());
            skipped.addAll(rolling.skipped());
            there.unreadable().forEach(one -> skipped.add(new SkippedBuild(origin + one.label(), one.reason())));
            acceptances.addAll(accepted);
        }
        if (!single.isEmpty()) {
            builds.addAll(builder.named(run, without(run, PastRuns.named(single)), skipped));
        }
        builds.sort(Comparator.comparing(BaselineBuild::startedAt));
        return with(Baseline.EMPTY, builds, skipped).with(acceptances, List.of());
    }

    private static List<PastBuild> without(RunResult run, PastRuns given) {
        return given.builds().stream()
                .filter(past -> past.result()
                        .map(judged -> !judged.result().runId().equals(run.runId()))
                        .orElse(true))
                .toList();
    }

    private static Baseline with(Baseline baseline, List<BaselineBuild> builds, List<SkippedBuild> more) {
        List<SkippedBuild> skipped = new ArrayList<>(baseline.skipped());
        skipped.addAll(more);
        return new Baseline(
                baseline.formatVersion(), builds, baseline.golden(), skipped, baseline.acceptances(), baseline.mutes());
    }
}
