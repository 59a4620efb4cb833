package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalHostTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final LocalHost host = new LocalHost("here");

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void runsACommandAndTellsItsExitCodeAndBothOutputs() throws Exception {
        assertThat(host.run("echo out $LC_ALL; echo err >&2; exit 3", LONG))
                .isInstanceOfSatisfying(CommandResult.Ended.class, ended -> {
                    assertThat(ended.exitCode()).isEqualTo(3);
                    assertThat(ended.output()).isEqualTo("out C\n");
                    assertThat(ended.error()).isEqualTo("err\n");
                    assertThat(ended.endNanos()).isGreaterThan(ended.startNanos());
                });
    }

    @Test
    void standardInputReachesTheCommandAndIsEmptyOtherwise() throws Exception {
        byte[] input = "some input".getBytes(StandardCharsets.UTF_8);
        assertThat(host.run("cat", new ByteArrayInputStream(input), LONG).out()).isEqualTo("some input");
        assertThat(host.run("cat", LONG).out()).isEmpty();
    }

    @Test
    void aTimeOutKillsTheCommandAndItsChildren() throws Exception {
        CommandResult result = host.run("sleep 300 & echo $!; wait", Duration.ofMillis(500));
        assertThat(result).isInstanceOfSatisfying(CommandResult.Lost.class, lost -> {
            assertThat(lost.sent()).isTrue();
            assertThat(lost.why()).isEqualTo("timed out after 500 ms, killed");
        });
        long child = Long.parseLong(result.out().strip());
        await().atMost(LONG)
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aDaemonOutlivesTheTimeOutOfTheCommandThatStartedIt() throws Exception {
        CommandResult result =
                host.run("setsid sh -c 'echo $$; exec sleep 20 >/dev/null 2>&1' & sleep 300", Duration.ofMillis(500));
        ProcessHandle daemon =
                ProcessHandle.of(Long.parseLong(result.out().strip())).orElseThrow();
        assertThat(result).isInstanceOf(CommandResult.Lost.class);
        assertThat(daemon.isAlive()).isTrue();
        daemon.destroyForcibly();
    }

    @Test
    void handsLinesOverAndIsKilledOnDemand() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        RunningCommand running = host.start("echo one; sleep 300", lines::add);
        await().atMost(LONG).until(() -> lines.equals(List.of("one")));
        running.kill();
        assertThat(running.await(LONG))
                .isInstanceOfSatisfying(
                        CommandResult.Ended.class,
                        ended -> assertThat(ended.exitCode()).isEqualTo(128 + 15));
    }

    @Test
    void aClosedHostStartsNothing() throws Exception {
        host.close();
        assertThat(host.run("true", LONG))
                .isInstanceOfSatisfying(
                        CommandResult.Lost.class,
                        lost -> assertThat(lost.sent()).isFalse());
    }

    @Test
    void isReachedAndItsClockIsOurs() throws Exception {
        assertThat(host.probe(LONG)).isInstanceOf(Reachability.Reached.class);
        assertThat(host.clockOffset(LONG)).hasValue(new ClockOffset(0, 0));
    }

    @Test
    void aCommandWhoseInputBreaksOffIsNotTakenForDone() throws Exception {
        assertThat(host.run("cat", BreakingInput.after("half of it"), LONG))
                .isInstanceOfSatisfying(CommandResult.Lost.class, lost -> {
                    assertThat(lost.sent()).isTrue();
                    assertThat(lost.why()).contains("standard input could not be read");
                });
    }
}
