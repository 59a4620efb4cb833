package io.jenkins.plugins.livemigration.engine.observe.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code bench/accuracy} with 60 outages. */
@Tag("lab")
class AccuracyLabTest {
    private static final String OUTAGES = "60";
    private static final String SEED = "1";

    /** Two to three minutes: the outages alone last 65 s. */
    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void saysOfKnownOutagesWhatTheyWere() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root for network namespaces");
        assumeTrue(runs("unshare", "--net", "true"), "network namespaces are not permitted here");
        assumeTrue(runs("tc", "-V"), "needs tc (package iproute2)");
        Process bench = new ProcessBuilder(List.of(
                        "unshare",
                        "--net",
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-Xmx96m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AccuracyBench.class.getName(),
                        OUTAGES,
                        "0",
                        SEED))
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(bench.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            System.out.print(said);
            assertThat(bench.waitFor()).as(said).isZero();
        } finally {
            bench.destroyForcibly();
        }
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
