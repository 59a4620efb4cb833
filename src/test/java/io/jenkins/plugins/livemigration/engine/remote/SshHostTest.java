package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SshHostTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private TestSshServer server;
    private SshHost host;

    @BeforeEach
    void connect() {
        server = new TestSshServer().start();
        host = new SshHost(server.plan("a"), TestSshServer.password(), Optional.empty());
    }

    @AfterEach
    void disconnect() {
        host.close();
        server.close();
    }

    @Test
    void runsACommandAndTellsItsExitCodeAndBothOutputs() throws Exception {
        CommandResult result = host.run("echo out; echo err >&2; exit 3", LONG);
        assertThat(result).isInstanceOfSatisfying(CommandResult.Ended.class, ended -> {
            assertThat(ended.exitCode()).isEqualTo(3);
            assertThat(ended.output()).isEqualTo("out\n");
            assertThat(ended.error()).isEqualTo("err\n");
            assertThat(ended.endNanos()).isGreaterThan(ended.startNanos());
        });
    }

    @Test
    void carriesConcurrentCommandsOverOneConnection() throws Exception {
        List<RunningCommand> running = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            running.add(host.start("sleep 0.1; echo " + i, line -> {}));
        }
        for (int i = 0; i < 30; i++) {
            assertThat(running.get(i).await(LONG).out()).isEqualTo(i + "\n");
        }
        assertThat(server.sessionsEver).hasValue(1);
    }

    @Test
    void waitsForItsTurnWhereTheServerAllowsFewChannels() throws Exception {
        server.maxSessions(2);
        List<RunningCommand> running = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            running.add(host.start("sleep 0.1; echo " + i, line -> {}));
        }
        for (int i = 0; i < 8; i++) {
            assertThat(running.get(i).await(LONG).out()).isEqualTo(i + "\n");
        }
        assertThat(server.sessionsEver).hasValue(1);
    }

    @Test
    void commandsHaveTheCLocaleAndAnEmptyStandardInput() throws Exception {
        assertThat(host.run("echo $LC_ALL; cat", LONG).out()).isEqualTo("C\n");
    }

    @Test
    void commandsOfSeveralLinesArriveAsTheyAre() throws Exception {
        String command = "cat <<'X'\n  a\\b  \t'\"$HOME`id`\n\n  é\nX\nprintf '%s' \"${0##*/}\"";
        assertThat(host.run(command, LONG).out()).isEqualTo("  a\\b  \t'\"$HOME`id`\n\n  é\nsh");
    }

    @Test
    void standardInputIsStreamedToTheCommand() throws Exception {
        byte[] input = new byte[5_000_000];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) (i * 31 + i / 7919);
        }
        java.security.MessageDigest digest = java.security.MessageDigest.getInstance("SHA-256");
        String expected = java.util.HexFormat.of().formatHex(digest.digest(input));
        assertThat(host.run("sha256sum", new ByteArrayInputStream(input), LONG).out())
                .startsWith(expected);
    }

    @Test
    void aCommandThatReadsOnlyABitOfItsInputEnds() throws Exception {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        assertThat(host.run("head -c 3", endless, LONG).out()).isEqualTo("xxx");
    }

    @Test
    void keepsBeginningAndEndOfVeryLongOutput() throws Exception {
        CommandResult result = host.run("echo first; yes 0123456789abcde | head -c 40000000; echo; echo last", LONG);
        assertThat(result.ok()).isTrue();
        assertThat(result.out()).startsWith("first\n").endsWith("last\n").contains("bytes left out]");
        assertThat(result.out().length()).isLessThan(CommandOutput.ANSWER_BYTES + 100);
    }

    @Test
    void handsLinesOverAsTheyCome() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Path go = folder.resolve("go");
        RunningCommand running = host.start(
                "echo one; while [ ! -e " + ShellWords.quote(go.toString()) + " ]; do sleep 0.02; done; printf two",
                lines::add);
        await().atMost(LONG).until(() -> lines.equals(List.of("one")));
        Files.createFile(go);
        assertThat(running.await(LONG).ok()).isTrue();
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void aConsumerThatFailsIsABugThatAwaitTells() {
        RunningCommand running = host.start("echo one", line -> {
            throw new IllegalArgumentException("bug");
        });
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> running.await(LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("bug");
    }

    @Test
    void aTimeOutKillsTheCommandAndItsChildren() throws Exception {
        Path pids = folder.resolve("pids");
        CommandResult result =
                host.run("sleep 300 & sleep 300 & echo $! > " + pids + "; echo started; wait", Duration.ofSeconds(1));
        assertThat(result).isInstanceOfSatisfying(CommandResult.Lost.class, lost -> {
            assertThat(lost.sent()).isTrue();
            assertThat(lost.why()).isEqualTo("timed out after 1 s, killed");
            assertThat(lost.output()).isEqualTo("started\n");
        });
        assertThat(host.start("true", line -> {}).await(LONG).ok())
                .as("the connection is still good")
                .isTrue();
        long child = Long.parseLong(Files.readString(pids).strip());
        await().atMost(LONG)
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aCommandThatIgnoresTheTermSignalIsKilledAllTheSame() throws Exception {
        CommandResult result = host.run("trap '' TERM; echo $$; while :; do sleep 0.1; done", Duration.ofSeconds(1));
        assertThat(result)
                .isInstanceOfSatisfying(
                        CommandResult.Lost.class, lost -> assertThat(lost.why()).endsWith("killed"));
        long pid = Long.parseLong(result.out().strip());
        await().atMost(LONG)
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aKilledCommandTellsItsEnd() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        RunningCommand running = host.start("echo on; sleep 300", lines::add);
        await().atMost(LONG).until(() -> !lines.isEmpty());
        running.kill();
        assertThat(running.await(LONG))
                .isInstanceOfSatisfying(
                        CommandResult.Ended.class,
                        ended -> assertThat(ended.exitCode()).isEqualTo(128 + 15));
    }

    @Test
    void anInterruptKillsTheCommand() throws Exception {
        Path pid = folder.resolve("pid");
        Thread caller = new Thread(() -> {
            try {
                host.run("echo $$ > " + pid + "; sleep 300", LONG);
            } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
            }
        });
        caller.start();
        await().atMost(LONG).until(() -> Files.exists(pid) && Files.size(pid) > 1);
        caller.interrupt();
        long process = Long.parseLong(Files.readString(pid).strip());
        await().atMost(LONG)
                .until(() ->
                        ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
        caller.join();
    }

    @Test
    void reconnectsWhenTheLineWasDroppedBetweenCommands() throws Exception {
        assertThat(host.run("echo 1", LONG).out()).isEqualTo("1\n");
        server.cut();
        await().atMost(LONG).until(() -> !host.connected());
        assertThat(host.run("echo 2", LONG).out()).isEqualTo("2\n");
        assertThat(server.sessionsEver).hasValue(2);
    }

    @Test
    void aLineDroppedInTheMiddleLosesTheCommandAndNothingRunsTwice() throws Exception {
        Path count = folder.resolve("count");
        List<String> lines = new CopyOnWriteArrayList<>();
        RunningCommand running =
                host.start("echo x >> " + count + "; echo begun; sleep 1; echo done >> " + count, lines::add);
        await().atMost(LONG).until(() -> lines.contains("begun"));
        server.cut();
        assertThat(running.await(LONG)).isInstanceOfSatisfying(CommandResult.Lost.class, lost -> {
            assertThat(lost.sent()).isTrue();
            assertThat(lost.why()).isEqualTo("connection lost");
            assertThat(lost.output()).isEqualTo("begun\n");
        });
        // the command itself goes on, once
        await().atMost(LONG).until(() -> Files.readString(count).equals("x\ndone\n"));
        assertThat(host.run("true", LONG).ok()).isTrue();
        assertThat(Files.readString(count)).isEqualTo("x\ndone\n");
    }

    @Test
    void aHostThatIsGoneLosesTheCommandUnsent() throws Exception {
        host.run("true", LONG);
        server.close();
        await().atMost(LONG).until(() -> !host.connected());
        assertThat(host.run("true", LONG))
                .isInstanceOfSatisfying(
                        CommandResult.Lost.class,
                        lost -> assertThat(lost.sent()).isFalse());
    }

    @Test
    void aClosedHostSendsNothing() throws Exception {
        host.run("true", LONG);
        host.close();
        assertThat(host.run("true", LONG))
                .isInstanceOfSatisfying(
                        CommandResult.Lost.class,
                        lost -> assertThat(lost.sent()).isFalse());
        assertThat(host.start("true", line -> {}).await(LONG))
                .isInstanceOfSatisfying(
                        CommandResult.Lost.class,
                        lost -> assertThat(lost.sent()).isFalse());
    }

    @Test
    void whatALoginShellSaysIsNotTheCommands() throws Exception {
        Path noisy = folder.resolve("noisy");
        Files.writeString(noisy, "#!/bin/sh\necho welcome\necho 'cannot change locale' >&2\nexec sh \"$@\"\n");
        assertThat(noisy.toFile().setExecutable(true)).isTrue();
        server.loginShell(noisy.toString());
        assertThat(host.run("echo out; echo err >&2", LONG))
                .isInstanceOfSatisfying(CommandResult.Ended.class, ended -> {
                    assertThat(ended.output()).isEqualTo("out\n");
                    assertThat(ended.error()).isEqualTo("err\n");
                });
    }

    @Test
    void aLoginShellThatRefusesIsKnownNotToHaveBegunTheCommand() throws Exception {
        server.loginShell(Files.isExecutable(Path.of("/usr/sbin/nologin")) ? "/usr/sbin/nologin" : "false");
        assertThat(host.run("true", LONG)).isInstanceOfSatisfying(CommandResult.Lost.class, lost -> {
            assertThat(lost.sent()).isFalse();
            assertThat(lost.why()).startsWith("the host's shell ended before the command began");
        });
    }

    @Test
    void aShellSyntaxErrorIsTheCommandsOwnFailure() throws Exception {
        assertThat(host.run("if then", LONG)).isInstanceOfSatisfying(CommandResult.Ended.class, ended -> {
            assertThat(ended.exitCode()).isNotZero();
            assertThat(ended.error()).containsIgnoringCase("syntax error");
        });
    }

    @Test
    void provesThatAHostIsThereByARoundTrip() throws Exception {
        assertThat(host.probe(LONG))
                .isInstanceOfSatisfying(
                        Reachability.Reached.class,
                        reached -> assertThat(reached.roundTrip()).isPositive().isLessThan(LONG));
    }

    @Test
    void theCommandIsNotPartOfWhatTheLoginShellIsAskedToRun() throws Exception {
        byte[] secret = "s3cret".getBytes(StandardCharsets.UTF_8);
        assertThat(host.run("cat; ps -o args= -p $$", new ByteArrayInputStream(secret), LONG)
                        .out())
                .startsWith("s3cret")
                .doesNotContain("ps -o");
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
