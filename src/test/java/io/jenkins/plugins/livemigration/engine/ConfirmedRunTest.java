package io.jenkins.plugins.livemigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
import io.jenkins.plugins.livemigration.engine.history.KeptBaseline;
import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.remote.PlanHosts;
import io.jenkins.plugins.livemigration.engine.report.Reports;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Judgement;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineBuild;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BuildFigure;
import io.jenkins.plugins.livemigration.engine.verdict.regression.ComparablePlan;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Confirmation;
import io.jenkins.plugins.livemigration.engine.verdict.regression.DirectionFigure;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Mute;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on a platform in memory that reports downtimes as it is told, against builds of 800 ms. */
class ConfirmedRunTest {
    private static final double[] SPREAD = {-0.04, 0.03, -0.02, 0.01, 0, 0, -0.01, 0.02, -0.03, 0.04};
    private static final String SUSPECT = "samples: 5\nwarmup: 0\n";

    @TempDir
    Path directory;

    private final Cancellation breakOff = new Cancellation();
    private final Cancellation afterSample = new Cancellation();
    private final FakePlatform platform = new FakePlatform("a");

    @Test
    void runsOnceMoreWhatSeemsWorseAndFindsItWorseAgain() throws Exception {
        reports(1000, 1000);

        JudgedResult judged = run(SUSPECT);

        assertThat(judged.verdict().status()).isIn(Status.UNSTABLE, Status.FAIL);
        assertThat(judged.verdict().sentence().toString())
                .startsWith("1 of 1 suspected figures got worse than in builds 1, 2,")
                .contains("again in a second round of the same boot, whose offset both share")
                .contains("default downtime.reported ×1.2");
        assertThat(judged.result().samples()).hasSize(10);
        assertThat(judged.secondRound().orElseThrow().run().samples())
                .hasSize(10)
                .extracting(Sample::order)
                .startsWith(11)
                .endsWith(20);
        assertThat(platform.moves).as("nothing is moved but the samples").hasSize(20);
        assertThat(platform.place).isEqualTo(new Whereabouts.RunningOn("a"));
        assertThat(platform.leases.released).as("held throughout").isEqualTo(1);
    }

    @Test
    void clearsASuspicionThatTheSecondRoundDoesNotShow() throws Exception {
        reports(1000, 800);

        JudgedResult judged = run(SUSPECT);

        assertThat(figure(judged)).isEqualTo(Status.PASS);
        assertThat(judged.verdict().status()).isNotIn(Status.UNSTABLE, Status.FAIL);
        assertThat(judged.verdict().regression().orElseThrow().sentence().toString())
                .isEqualTo("The suspicion was not confirmed: 1 figures were looked at again in the same boot.");
        Confirmation confirmation =
                judged.verdict().regression().orElseThrow().confirmation().orElseThrow();
        assertThat(confirmation.rounds().get(0).first().alarmed()).isTrue();
        assertThat(confirmation.rounds().get(0).second().orElseThrow().alarmed())
                .isFalse();
    }

    @Test
    void looksOnceMoreAtTheSuspectedScenariosOnly() throws Exception {
        for (int i = 0; i < 10; i++) {
            boolean heavyFirst = i % 2 == 1;
            double way = 1 + SPREAD[i];
            for (int direction = 0; direction < 2; direction++) {
                platform.downtimes.add((heavyFirst ? 1000 : 800) * way);
            }
            for (int direction = 0; direction < 2; direction++) {
                platform.downtimes.add((heavyFirst ? 800 : 1000) * way);
            }
        }

        JudgedResult judged =
                run("warmup: 0\nsamples: 10\nscenarios: [{name: default}, {name: heavy}]\nconfirm: {samples: 3}");

        assertThat(judged.secondRound().orElseThrow().run().scenarios()).containsExactly("heavy");
        assertThat(judged.secondRound().orElseThrow().run().samples()).hasSize(6);
        assertThat(judged.result().samples()).hasSize(40);
    }

    @Test
    void looksOnlyOnceIfThePlanSaysSo() throws Exception {
        reports(1000, 800);

        JudgedResult judged = run(SUSPECT + "confirm: none");

        assertThat(judged.verdict().status()).isIn(Status.UNSTABLE, Status.FAIL);
        assertThat(judged.secondRound()).isEmpty();
        assertThat(platform.moves).hasSize(10);
    }

    @Test
    void doesNotLookAgainAtWhatIsNoWorse() throws Exception {
        reports(800);

        assertThat(run(SUSPECT).secondRound()).isEmpty();
        assertThat(platform.moves).hasSize(10);
    }

    @Test
    void doesNotLookAgainWhereALimitFailsTheRunAnyway() throws Exception {
        reports(1000);

        JudgedResult judged = run(SUSPECT + "thresholds: [{metric: downtime.reported, fail: 900 ms}]");

        assertThat(judged.verdict().status()).isEqualTo(Status.FAIL);
        assertThat(judged.secondRound()).isEmpty();
    }

    @Test
    void comparesWithNothingAndSuspectsNothingWithoutABaseline() throws Exception {
        reports(1000);

        JudgedResult judged = run(SUSPECT, BaselineChoice.NOTHING);

        assertThat(judged.secondRound()).isEmpty();
        assertThat(judged.verdict().regression()).isEmpty();
    }

    @Test
    void keepsTheFirstVerdictIfTheSecondRoundIsInterrupted() throws Exception {
        reports(1000, 800);
        for (int i = 0; i < 12; i++) {
            platform.script.add((fake, from, to, cancellation) -> new MigrationOutcome.Completed());
        }
        platform.script.add((fake, from, to, cancellation) -> {
            breakOff.request();
            return new MigrationOutcome.Cancelled(new Whereabouts.RunningOn(from));
        });

        JudgedResult judged = run(SUSPECT);

        assertThat(judged.result().end().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        assertThat(figure(judged)).isIn(Status.UNSTABLE, Status.FAIL);
        assertThat(judged.secondRound().orElseThrow().run().end().kind()).isEqualTo(RunEnd.Kind.INTERRUPTED);
        assertThat(judged.verdict().regression().orElseThrow().notes())
                .extracting(Message::toString)
                .contains(
                        "The second round that should have confirmed the suspicion did not run to its end, so the first verdict stands:",
                        "The run was interrupted; finished samples count.");
        assertThat(platform.place).isEqualTo(new Whereabouts.RunningOn("a"));
    }

    @Test
    void keepsTheFirstVerdictIfTheEngineIsKilledInTheSecondRound() throws Exception {
        reports(1000, 800);
        run(SUSPECT);
        Path journal = folder().resolve(Journal.FILE);
        String whole = Files.readString(journal);
        int cut = whole.indexOf("\"sample-started\"", whole.indexOf("\"confirmation-started\""));
        Files.writeString(journal, whole.substring(0, whole.indexOf('\n', cut) + 1));

        JudgedResult judged = RunEvaluation.of(folder());

        assertThat(judged.result().end().kind()).isEqualTo(RunEnd.Kind.KILLED);
        assertThat(judged.result().samples()).hasSize(10);
        assertThat(judged.verdict().status()).isIn(Status.UNSTABLE, Status.FAIL);
        assertThat(judged.secondRound().orElseThrow().complete()).isFalse();
    }

    @Test
    void aStarterThatVanishedEndsTheSecondRoundAfterTheSample() throws Exception {
        reports(1000, 800);
        for (int i = 0; i < 11; i++) {
            platform.script.add((fake, from, to, cancellation) -> new MigrationOutcome.Completed());
        }
        platform.script.add((fake, from, to, cancellation) -> {
            afterSample.request();
            return new MigrationOutcome.Completed();
        });

        JudgedResult judged = run(SUSPECT);

        assertThat(judged.secondRound().orElseThrow().run().samples()).hasSize(2);
        assertThat(figure(judged)).isIn(Status.UNSTABLE, Status.FAIL);
    }

    @Test
    void aSecondRoundAfterAFreshStartFailsWhatWasOnlyUnstable() throws Exception {
        reports(910, 910);
        Path trace = directory.resolve("restarted");

        JudgedResult judged = run(SUSPECT + "confirm: {freshStart: {commands: [{on: here, run: 'echo host >> " + trace
                + "'}, {on: here, run: 'echo lab >> " + trace + "'}]}}");

        assertThat(Files.readAllLines(trace)).containsExactly("host", "lab");
        assertThat(judged.secondRound().orElseThrow().freshness()).isEqualTo(Confirmation.Freshness.FRESH_START);
        assertThat(judged.verdict().status()).isEqualTo(Status.FAIL);
        assertThat(judged.verdict().sentence().toString()).contains("again after a fresh start");
    }

    @Test
    void startsTheWorkloadAnewBeforeTheSecondRound() throws Exception {
        reports(1000, 1000);
        Path trace = directory.resolve("started");

        run(SUSPECT + "workload: {start: {on: here, run: 'echo start >> " + trace
                + "'}, stop: {on: here, run: 'echo stop >> " + trace + "'}}\nconfirm: {freshStart: workload}");

        assertThat(Files.readAllLines(trace)).containsExactly("start", "stop", "start", "stop");
    }

    @Test
    void keepsTheFirstVerdictIfTheFreshStartFails() throws Exception {
        reports(1000, 800);

        JudgedResult judged =
                run(SUSPECT + "confirm: {freshStart: {commands: [{on: here, run: 'echo no power >&2; exit 3'}]}}");

        assertThat(figure(judged)).isIn(Status.UNSTABLE, Status.FAIL);
        assertThat(judged.result().end().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        assertThat(judged.verdict().regression().orElseThrow().notes())
                .extracting(Message::toString)
                .anyMatch(note -> note.contains("the fresh start failed") && note.contains("no power"));
        assertThat(platform.moves).hasSize(10);
    }

    @Test
    void takesBackALeaseThatAFreshStartForgot() throws Exception {
        reports(1000, 800);
        FakePlatform.FakeLeases leases = platform.leases;
        Path lease = directory.resolve("lease");

        String keys = SUSPECT + "confirm: {freshStart: {commands: [{on: here, run: touch " + lease + "}]}}";
        JudgedResult judged = run(keys, handedIn(keys), event -> {
            if (event instanceof JournalEvent.ConfirmationStarted) {
                leases.holder = Optional.empty();
            }
        });

        assertThat(lease).exists();
        assertThat(judged.secondRound().orElseThrow().complete()).isTrue();
        assertThat(leases.acquired).isEqualTo(2);
    }

    @Test
    void touchesNothingMoreIfSomebodyElseTookTheLeaseMeanwhile() throws Exception {
        reports(1000, 800);

        String keys = SUSPECT + "confirm: {freshStart: {commands: [{on: here, run: 'true'}]}}";
        JudgedResult judged = run(keys, handedIn(keys), event -> {
            if (event instanceof JournalEvent.ConfirmationStarted) {
                platform.leases.holder = Optional.of(new LeaseStore.Holder("a", "somebody", Optional.empty(), false));
            }
        });

        assertThat(platform.moves).hasSize(10);
        assertThat(judged.result().end().reason().key()).isEqualTo("engine.leftAfterLeaseLost");
        assertThat(figure(judged)).isIn(Status.UNSTABLE, Status.FAIL);
    }

    @Test
    void whatGoesWrongInTheSecondRoundIsNotHiddenByIt() throws Exception {
        reports(1000, 800);
        for (int i = 0; i < 12; i++) {
            platform.script.add((fake, from, to, cancellation) -> new MigrationOutcome.Completed());
        }
        platform.script.add(FakePlatform.failing("a"));

        JudgedResult judged = run(SUSPECT);

        assertThat(judged.verdict().judgements())
                .filteredOn(judgement -> judgement.rule().equals("failures"))
                .extracting(Judgement::sentence)
                .extracting(Message::toString)
                .containsExactly("default: 1 of 10 migrations failed in the second round.");
        assertThat(judged.verdict().status()).isEqualTo(Status.UNSTABLE);
    }

    @Test
    void aRunThatIsKnownToBeGoodDerivesLimitsAndIsComparedWithNothing() throws Exception {
        reports(1000);

        JudgedResult judged = run(SUSPECT + "calibrate: true");
        Reports.write(judged, folder(), Locale.ENGLISH);

        assertThat(judged.verdict().status()).isEqualTo(Status.PASS);
        assertThat(judged.verdict().sentence().toString())
                .isEqualTo(
                        "This run is taken to be good and is compared with nothing: limits and noise floors of 1 figures"
                                + " were derived from 10 builds, itself included, and are in calibration.yaml.");
        assertThat(judged.verdict().regression()).isEmpty();
        assertThat(judged.secondRound()).isEmpty();
        assertThat(folder().resolve("calibration.yaml"))
                .content()
                .contains("\"metric\":\"downtime.reported\"")
                .contains("noiseFloors:");
        assertThat(ResultFile.parse(ResultFile.text(judged), "test")).isEqualTo(judged);
        assertThat(RunEvaluation.anew(judged, KeptBaseline.read(folder()))).isEqualTo(judged);
    }

    @Test
    void aCalibratingRunStillKeepsItsLimits() throws Exception {
        reports(1000);

        JudgedResult judged = run(SUSPECT + "calibrate: true\nthresholds: [{metric: downtime.reported, fail: 900 ms}]");

        assertThat(judged.verdict().status()).isEqualTo(Status.FAIL);
        assertThat(judged.verdict().sentence().key()).isEqualTo("verdict.limitMedianCrossed");
    }

    @Test
    void aCalibratingRunWithoutHistoryDerivesNothingAndSaysHowManyItNeeds() throws Exception {
        reports(1000);

        JudgedResult judged = run(SUSPECT + "calibrate: true", BaselineChoice.NOTHING);
        Reports.write(judged, folder(), Locale.ENGLISH);

        assertThat(judged.verdict().status()).isEqualTo(Status.INSUFFICIENT_BASELINE);
        assertThat(judged.verdict().sentence().toString()).contains("derived from 3 builds");
        assertThat(folder().resolve("calibration.yaml")).doesNotExist();
    }

    /** What a controller does that has result.json alone. */
    @Test
    void theResultFileAloneGivesTheSameVerdictAndAnotherOneAfterADecision() throws Exception {
        reports(1000, 800);
        JudgedResult judged = run(SUSPECT);
        Baseline baseline = KeptBaseline.read(folder()).orElseThrow();

        JudgedResult read = ResultFile.parse(ResultFile.text(judged), "test");

        assertThat(read).isEqualTo(judged);
        assertThat(RunEvaluation.anew(read, Optional.of(baseline))).isEqualTo(judged);
        Mute mute = new Mute("downtime.reported", LocalDate.MAX, "ann", "switch");
        JudgedResult muted = RunEvaluation.anew(read, Optional.of(baseline.with(List.of(), List.of(mute))));
        assertThat(muted.verdict().regression().orElseThrow().confirmation()).isEmpty();
        assertThat(muted.verdict().status()).isNotIn(Status.UNSTABLE, Status.FAIL);
    }

    @Test
    void theResultFileKeepsTheSecondRoundsFiguresAndNoTimelines() throws Exception {
        reports(1000, 800);

        JudgedResult judged = run(SUSPECT);

        assertThat(judged.secondRound().orElseThrow().run().samples()).allSatisfy(sample -> {
            assertThat(sample.figure(Metrics.DOWNTIME_REPORTED)).isPresent();
            assertThat(sample.phases()).isEmpty();
            assertThat(sample.evidence()).isEmpty();
        });
        String first = ResultFile.text(new JudgedResult(1, judged.result(), judged.verdict()));
        assertThat(ResultFile.text(judged).length()).isLessThan(2 * first.length());
        assertThat(first.getBytes(StandardCharsets.UTF_8).length).isPositive();
    }

    private static Status figure(JudgedResult judged) {
        return judged.verdict()
                .regression()
                .orElseThrow()
                .figure("default", "downtime.reported")
                .orElseThrow()
                .status();
    }

    /** Rounds of ten downtimes around these. */
    private void reports(double... rounds) {
        for (double round : rounds) {
            for (double spread : SPREAD) {
                platform.downtimes.add(round * (1 + spread));
            }
        }
    }

    private Path folder() {
        return directory.resolve("run");
    }

    private static BaselineChoice handedIn(String keys) {
        String digest = ComparablePlan.digest(plan(keys).canonical());
        List<BaselineBuild> builds = new ArrayList<>();
        double[] medians = {800, 850, 750, 820, 780, 840, 760, 810, 790, 800};
        for (int i = 0; i < medians.length; i++) {
            List<BuildFigure> figures = new ArrayList<>();
            for (String scenario : List.of("default", "heavy")) {
                figures.add(new BuildFigure(
                        scenario,
                        "downtime.reported",
                        List.of(direction(Direction.OUT, medians[i]), direction(Direction.BACK, medians[i]))));
            }
            Instant day = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(i));
            builds.add(new BaselineBuild(String.valueOf(i + 1), day, digest, Map.of(), figures, List.of()));
        }
        return new BaselineChoice(
                new BaselineChoice.Source.HandedIn(
                        new Baseline(Baseline.FORMAT_VERSION, builds, List.of(), List.of(), List.of(), List.of())),
                List.of());
    }

    private static DirectionFigure direction(Direction direction, double median) {
        double[] values = new double[5];
        for (int i = 0; i < values.length; i++) {
            values[i] = median * (1 + SPREAD[2 * i]);
        }
        return DirectionFigure.of(direction, values);
    }

    private static ParsedPlan.Valid plan(String keys) {
        String text = """
                name: test
                hosts: {here: {address: local}, a: {address: local}, b: {address: local}}
                driver: {command: {from: a, to: b, on: here, migrate: 'true', locate: echo a}}
                window: {before: 0 s, after: 0 s}
                """ + keys;
        ParsedPlan parsed = PlanParser.parse(text, PlanFormat.YAML);
        assertThat(parsed).as(String.valueOf(parsed)).isInstanceOf(ParsedPlan.Valid.class);
        return (ParsedPlan.Valid) parsed;
    }

    private JudgedResult run(String keys) throws Exception {
        return run(keys, handedIn(keys));
    }

    private JudgedResult run(String keys, BaselineChoice baseline) throws Exception {
        return run(keys, baseline, event -> {});
    }

    private interface Listener {
        void hear(JournalEvent event);
    }

    private JudgedResult run(String keys, BaselineChoice baseline, Listener listener) throws Exception {
        ParsedPlan.Valid plan = plan(keys);
        Map<String, MigrationDriver> drivers = new LinkedHashMap<>();
        for (ScenarioPlan scenario : plan.plan().scenarios()) {
            drivers.put(scenario.name(), platform);
        }
        RunEnd end;
        try (PlanHosts hosts = new PlanHosts(plan.plan().hosts(), name -> Optional.empty())) {
            LiveSummary summary = new LiveSummary(plan.plan(), (file, length) -> Optional.empty());
            RunFolder run = RunFolder.at(folder());
            try (Journal journal = Journal.create(
                    folder(), RunClock.startingNow(), summary.andThen(entry -> listener.hear(entry.event())))) {
                summary.sayIn(journal);
                journal.append(
                        new JournalEvent.RunStarted(1, run.runId(), plan.plan().name(), "test", plan.canonical()));
                Rescue rescue = new Rescue(journal, Duration.ZERO);
                LeaseKeeper leases = new LeaseKeeper(journal, "test", breakOff::request);
                Surroundings surroundings = new Surroundings(journal, hosts);
                WorkloadControl workloads = new WorkloadControl(hosts);
                try (Stage stage = new Stage(plan.plan(), journal, surroundings, drivers, workloads, leases, rescue)) {
                    SampleRun samples = new SampleRun(
                            plan.plan(),
                            journal,
                            run,
                            hosts,
                            new SilentProbes(),
                            new StateCheckpoint(hosts, journal),
                            rescue);
                    Suspicion suspicion = new BaselineSuspicion(folder(), baseline, journal);
                    end = new Benchmark(plan.plan(), journal, stage, samples, summary, suspicion, breakOff, afterSample)
                            .run();
                }
            }
        }
        return RunEvaluation.of(folder(), end, baseline);
    }
}
