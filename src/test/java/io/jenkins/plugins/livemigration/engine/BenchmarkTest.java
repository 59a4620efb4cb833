package io.jenkins.plugins.livemigration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BenchmarkTest extends RunTestBase {
    @Test
    void movesToAndFroAndLeavesTheWorkloadWhereItWasFound() throws Exception {
        RunResult result = run("samples: 2\nwarmup: 1");

        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        assertThat(platform.moves).containsExactly("a>b", "b>a", "a>b", "b>a", "a>b", "b>a");
        assertThat(result.samples()).extracting(Sample::warmup).containsExactly(true, true, false, false, false, false);
        assertThat(result.samples()).allSatisfy(sample -> {
            assertThat(sample.outcome().succeeded()).isTrue();
            assertThat(sample.figure(Metrics.MIGRATION_TIME_PLATFORM)).get().isInstanceOf(Figure.Measured.class);
            assertThat(sample.figure(Metrics.DOWNTIME_OBSERVED)).get().isInstanceOf(Figure.Absent.class);
            assertThat(sample.phases()).extracting("name").containsExactly("transfer");
        });
        assertThat(result.environment()).containsOnlyKeys("a", "b");
        assertThat(result.environment().get("a"))
                .as("the platform's own word first, then the machine's")
                .containsEntry("kernel", "6.1")
                .containsKey("architecture");
        assertThat(platform.leases.released).isEqualTo(1);
    }

    @Test
    void bringsAWorkloadThatWasFoundAtTheFarSideBackThereInTheEnd() throws Exception {
        platform.place = new Whereabouts.RunningOn("b");

        RunResult result = run("samples: 1\nwarmup: 0");

        assertThat(platform.moves).containsExactly("b>a", "a>b", "b>a", "a>b");
        assertThat(result.samples()).hasSize(2);
        assertThat(platform.place).isEqualTo(new Whereabouts.RunningOn("b"));
    }

    @Test
    void recordsAFailedMigrationWithItsCauseAndGoesOnFromWhereTheWorkloadIs() throws Exception {
        platform.script.add(FakePlatform.failing("a"));

        RunResult result = run("samples: 1\nwarmup: 0");

        assertThat(result.samples().get(0).outcome())
                .isEqualTo(new Outcome.Failed("restore", Message.literal("no image")));
        assertThat(result.samples().get(1).outcome().succeeded()).isTrue();
        assertThat(platform.moves).as("an unmeasured move sets the stage").containsExactly("a>b", "a>b", "b>a");
        assertThat(platform.recoveries).isEqualTo(1);
        assertThat(platform.place).isEqualTo(new Whereabouts.RunningOn("a"));
    }

    @Test
    void endsAfterSoManyFailuresInARowAndIsAnInfrastructureFailureWithoutASample() throws Exception {
        for (int i = 0; i < 9; i++) {
            platform.script.add(FakePlatform.failing("a"));
        }

        RunResult result = run("samples: 5\nstopAfterFailures: 3");

        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.INFRASTRUCTURE);
        assertThat(result.end().reason().toString()).contains("3").contains("no image");
        assertThat(result.samples()).hasSize(3);
    }

    @Test
    void touchesNothingMoreWhenItCannotBeToldWhereTheWorkloadIs() throws Exception {
        platform.script.add((fake, from, to, cancellation) -> {
            fake.place = new Whereabouts.Unknown(Message.literal("b does not answer"));
            fake.afterRecovery = fake.place;
            return new MigrationOutcome.Failed("restore", Message.literal("line dropped"), fake.place);
        });

        RunResult result = run("samples: 3\nstopAfterFailures: 9");

        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.INFRASTRUCTURE);
        assertThat(result.end().reason().toString()).contains("b does not answer");
        assertThat(platform.moves).containsExactly("a>b");
    }

    @Test
    void touchesNothingWhenPreflightFindsAnObstacle() throws Exception {
        platform.findings.add(new Finding(
                Finding.Severity.ERROR, "host-b", Message.literal("no podman"), Message.literal("install it")));

        RunResult result = run("samples: 1");

        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.INFRASTRUCTURE);
        assertThat(result.end().reason().toString()).contains("host-b").contains("no podman");
        assertThat(platform.moves).isEmpty();
        assertThat(platform.leases.released).isZero();
    }

    @Test
    void cancelsTheMigrationUnderWayAndBringsTheWorkloadHome() throws Exception {
        platform.script.add((fake, from, to, cancellation) -> new MigrationOutcome.Completed());
        platform.script.add((fake, from, to, cancellation) -> {
            breakOff.request();
            assertThat(cancellation.requested()).isTrue();
            return new MigrationOutcome.Cancelled(new Whereabouts.RunningOn(from));
        });

        RunResult result = run("samples: 3\nwarmup: 0");

        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.INTERRUPTED);
        assertThat(result.samples()).hasSize(2);
        assertThat(result.samples().get(0).counts()).isTrue();
        assertThat(result.samples().get(1).outcome()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(platform.moves).containsExactly("a>b", "b>a", "b>a");
        assertThat(platform.place).isEqualTo(new Whereabouts.RunningOn("a"));
    }

    @Test
    void endsAfterTheSampleWhenAskedTo() throws Exception {
        platform.script.add((fake, from, to, cancellation) -> {
            afterSample.request();
            assertThat(cancellation.requested()).isFalse();
            return new MigrationOutcome.Completed();
        });

        RunResult result = run("samples: 3\nwarmup: 0");

        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.INTERRUPTED);
        assertThat(result.samples())
                .singleElement()
                .satisfies(sample -> assertThat(sample.counts()).isTrue());
        assertThat(platform.place).isEqualTo(new Whereabouts.RunningOn("a"));
    }

    @Test
    void cancelsAMigrationThatTakesTooLongAndCountsItAsFailed() throws Exception {
        platform.script.add((fake, from, to, cancellation) -> {
            await().until(cancellation::requested);
            return new MigrationOutcome.Cancelled(new Whereabouts.RunningOn(from));
        });

        RunResult result = run("samples: 1\nwarmup: 0\nsampleTimeout: 1 s");

        assertThat(result.samples().get(0).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.stage()).isEqualTo("timeout"));
        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
    }

    @Test
    void recoversAndKeepsTheStackTraceWhenADriverBreaks() throws Exception {
        platform.script.add((fake, from, to, cancellation) -> {
            throw new IllegalStateException("a bug");
        });

        RunResult result = run("samples: 1\nwarmup: 0");

        Sample broken = result.samples().get(0);
        assertThat(broken.outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(broken.evidence())
                .singleElement()
                .satisfies(evidence -> assertThat(evidence.text()).contains("IllegalStateException: a bug"));
        assertThat(platform.recoveries).isEqualTo(1);
    }

    @Test
    void doesNotBelieveAPlatformThatSaysDoneWhileTheWorkloadIsElsewhere() throws Exception {
        platform.script.add((fake, from, to, cancellation) -> {
            fake.staysPut = true;
            return new MigrationOutcome.Completed();
        });

        RunResult result = run("samples: 1\nwarmup: 0\ndirections: one-way");

        assertThat(result.samples().get(0).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.stage()).isEqualTo("confirm"));
    }

    @Test
    void runsWhatIsSupportedAndSaysWhatIsNot() throws Exception {
        FakePlatform unsupported = new FakePlatform("a");
        unsupported.findings.add(new Finding(
                Finding.Severity.NOT_SUPPORTED,
                "a",
                Message.literal("no memory tracking"),
                Message.literal("another kernel")));
        RunResult result = run(
                "samples: 1\nwarmup: 0\nscenarios: [{name: plain}, {name: pre-copy}]",
                name -> name.equals("plain") ? platform : unsupported);

        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        assertThat(result.samples())
                .filteredOn(sample -> sample.scenario().equals("pre-copy"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.outcome())
                        .isEqualTo(new Outcome.NotSupported(Message.literal("no memory tracking"))));
        assertThat(result.samples())
                .filteredOn(sample -> sample.scenario().equals("plain"))
                .hasSize(2);
        assertThat(unsupported.moves).isEmpty();
    }

    @Test
    void aRunOfWhichNothingIsSupportedEndsAsThat() throws Exception {
        platform.findings.add(new Finding(
                Finding.Severity.NOT_SUPPORTED, "a", Message.literal("no tracking"), Message.literal("upgrade")));

        assertThat(run("samples: 1").end())
                .isEqualTo(new RunEnd(RunEnd.Kind.NOT_SUPPORTED, Message.literal("no tracking")));
    }

    @Test
    void stopsAWorkloadOnlyAfterItWasBroughtHome() throws Exception {
        Path log = folder.resolve("log");
        FakePlatform first = new FakePlatform("a");
        first.script.add((fake, from, to, cancellation) -> new MigrationOutcome.Completed());
        first.script.add(FakePlatform.failing("b"));

        run(
                "samples: 1\nwarmup: 0\nscenarios: [" + scenario("one", log) + ", " + scenario("two", log) + "]",
                name -> name.equals("one") ? first : platform);

        assertThat(first.moves).containsExactly("a>b", "b>a", "b>a");
        assertThat(first.place).isEqualTo(new Whereabouts.RunningOn("a"));
        assertThat(Files.readAllLines(log)).containsExactly("start one", "stop one", "start two", "stop two");
    }

    private static String scenario(String name, Path log) {
        return "{name: %1$s, workload: {start: {on: a, run: 'echo start %1$s >> %2$s'}, stop: {on: a, run: 'echo stop %1$s >> %2$s'}}}"
                .formatted(name, log);
    }

    @Test
    void oneWayRunsReturnUnmeasured() throws Exception {
        RunResult result = run("samples: 2\nwarmup: 0\ndirections: one-way");

        assertThat(platform.moves).containsExactly("a>b", "b>a", "a>b", "b>a");
        assertThat(result.samples())
                .hasSize(2)
                .allSatisfy(sample -> assertThat(sample.from()).isEqualTo("a"));
    }

    @Test
    void aJournalThatIsCutAnywhereStillGivesItsFinishedSamples() throws Exception {
        run("samples: 2\nwarmup: 0");
        Path journal = folder.resolve(Journal.FILE);
        byte[] whole = Files.readAllBytes(journal);
        String text = new String(whole, StandardCharsets.UTF_8);
        int endOfFirstSample = text.indexOf('\n', text.indexOf("\"sample-ended\"")) + 1;
        for (int length = endOfFirstSample; length < whole.length; length += 97) {
            Files.write(journal, Arrays.copyOf(whole, length));

            RunResult result = resultOf(Optional.empty());

            assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.KILLED);
            assertThat(result.samples().get(0).outcome().succeeded()).isTrue();
            assertThat(result.samples()).hasSizeLessThanOrEqualTo(4);
        }
    }
}
