package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveProbeTest {
    private static final long MS = 1_000_000;
    private static final ProbePlan PLAN =
            new ProbePlan.Udp("clients", "192.0.2.1", 9, 64, Duration.ofMillis(10), Duration.ofSeconds(1), true);

    @TempDir
    Path folder;

    /** A probe whose threads are this one. */
    private static final class Still extends LiveProbe {
        Still(RunClock clock, ProbeFileWriter records) {
            super(PLAN, clock, records);
        }

        @Override
        void start() {}

        @Override
        void stopSending() {}

        @Override
        public void close() {}
    }

    @Test
    void recordsThatItsOwnReadingTookLong() throws Exception {
        long began = System.nanoTime() - 40 * MS;
        RunClock clock = RunClock.startingNow();
        HoldUps holdUps = recorded(clock, probe -> {
            probe.readAllSince(began);
            probe.watched(HoldUpWatch.RESOLUTION_NANOS);
        });
        assertThat(holdUps.within(clock.ofNanoTime(began), clock.nanos())).isGreaterThanOrEqualTo(40 * MS);
        assertThat(holdUps.within(Long.MIN_VALUE, clock.ofNanoTime(began))).isZero();
        assertThat(holdUps.resolutionNanos()).isEqualTo(HoldUpWatch.RESOLUTION_NANOS);
    }

    /** A moment of the future: however slow this machine is, it has not passed. */
    @Test
    void recordsNothingOfWhatWasReadAtOnce() throws Exception {
        HoldUps holdUps =
                recorded(RunClock.startingNow(), probe -> probe.readAllSince(System.nanoTime() + 1_000_000 * MS));
        assertThat(holdUps.within(Long.MIN_VALUE, Long.MAX_VALUE)).isZero();
    }

    private interface Act {
        void on(LiveProbe probe);
    }

    private HoldUps recorded(RunClock clock, Act act) throws IOException {
        Path file = folder.resolve("clients.probe");
        ProbeFile header = new ProbeFile("clients", "udp", 0, 10 * MS, true);
        try (ProbeFileWriter records = ProbeFileWriter.create(file, header)) {
            act.on(new Still(clock, records));
        }
        return ProbeFile.read(file).trace().holdUps();
    }
}
