package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A responder that is copied to a host, started there and ended, with the packaged engine. */
@Tag("lab")
class RemoteResponderLabTest {
    @TempDir
    private Path folder;

    /** One host, this machine, as the plan would name it. */
    private record Peer(Host peer) implements Hosts {
        @Override
        public Host host(String name) {
            return peer;
        }

        @Override
        public Collection<Host> all() {
            return List.of(peer);
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    @Test
    void stampsWhatIsSentToItAndIsGoneAfterwards() throws Exception {
        assumeTrue(System.getProperty("lmb.engineJar") != null, "SKIPPED: needs the packaged engine");
        ProbePlan.OneWay plan =
                new ProbePlan.OneWay("peer", "here", "127.0.0.1", 0, Duration.ofMillis(5), Duration.ofSeconds(1));
        try (Peer hosts = new Peer(new LocalHost("here"))) {
            try (ProbeSession session =
                    new SystemProbes(hosts).start(List.of(plan), folder, "s", RunClock.startingNow())) {
                assertThat(session.awaitReplies(50, Duration.ofSeconds(30))).isEmpty();
                assertThat(responders()).isPositive();
                session.stop();
            }
            await().until(() -> responders() == 0);
        }
        RecordedTrace trace = ProbeFile.read(folder.resolve("s-peer.probe")).trace();
        ClockFit fit = ClockFit.of(trace).orElseThrow();
        assertThat(fit.uncertainty()).isBetween(1L, 50_000_000L);
        for (int i = 0; i < trace.size(); i++) {
            if (trace.stamped(i)) {
                long there = trace.peerReceivedNanos(i) - trace.sentNanos(i) - fit.lowest();
                assertThat(there).as("never before it was sent").isGreaterThanOrEqualTo(0);
            }
        }
    }

    /** Ours only: another lab on this machine may have its own. */
    private static long responders() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("probe --respond"))
                        .isPresent())
                .count();
    }
}
