package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Probes until it is killed: {@code FOLDER PORT}. */
public final class ProbingProcess {
    private ProbingProcess() {}

    public static void main(String[] arguments) throws Exception {
        ProbePlan probe = new ProbePlan.Udp(
                "clients",
                InetAddress.getLoopbackAddress().getHostAddress(),
                Integer.parseInt(arguments[1], 10),
                64,
                Duration.ofMillis(1),
                Duration.ofSeconds(1),
                true);
        try (ProbeSession session =
                new SystemProbes().start(List.of(probe), Path.of(arguments[0]), "s", RunClock.startingNow())) {
            new CountDownLatch(1).await();
        }
    }
}
