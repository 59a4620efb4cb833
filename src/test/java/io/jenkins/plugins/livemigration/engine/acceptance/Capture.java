package io.jenkins.plugins.livemigration.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What passes an interface of this machine, written by {@code tcpdump} while this is open. */
final class Capture implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Process tcpdump;

    private Capture(Process tcpdump) {
        this.tcpdump = tcpdump;
    }

    /** Starts, and returns when it listens. */
    static Capture on(String device, String filter, Path file) throws IOException {
        Process tcpdump = new ProcessBuilder(
                        "tcpdump",
                        "-i",
                        device,
                        "-Z",
                        "root",
                        "-n",
                        "-U",
                        "-B",
                        "8192",
                        "-s",
                        "128",
                        "--time-stamp-precision=nano",
                        "-w",
                        file.toString(),
                        filter)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(tcpdump.getErrorStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null && !line.contains("listening on")) {
            line = said.readLine();
        }
        assertThat(line).as("tcpdump listens").isNotNull();
        return new Capture(tcpdump);
    }

    @Override
    public void close() throws InterruptedException {
        tcpdump.destroy();
        assertThat(tcpdump.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
