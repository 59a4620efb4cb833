package io.jenkins.plugins.livemigration.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.podman.Lab;
import io.jenkins.plugins.livemigration.engine.migrate.podman.LabExtension;
import io.jenkins.plugins.livemigration.engine.observe.CaptureComparison;
import io.jenkins.plugins.livemigration.engine.observe.PcapProbeReader;
import io.jenkins.plugins.livemigration.engine.observe.ProbeFile;
import io.jenkins.plugins.livemigration.engine.observe.RecordedTrace;
import io.jenkins.plugins.livemigration.engine.observe.SampleTimes;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code downtime.observed} of real migrations against two judges: a capture of the probe's own packets on the client's
 * interface, and a client of another make that asks a thousand times a second. How many migrations: system property {@code
 * lmb.captured}.
 */
@Tag("lab")
@ExtendWith(LabExtension.class)
@Timeout(400)
class ObservedDowntimeLabTest {
    private static final int MIGRATIONS = Integer.getInteger("lmb.captured", 4);
    private static final double CLOSE = 1.0;
    private static final double ALWAYS = 5.0;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {10, 1})
    void agreesWithACaptureAndWithAnotherClient(int intervalMillis, Lab lab) throws Exception {
        Path captureFile = folder.resolve("capture.pcap");
        try (LabService service = new LabService(lab)) {
            service.startAfresh(16, 2);
            try (UdpStream stream = UdpStream.to(service.address(), LabService.PORT)) {
                Path plan = new PlanFile(lab)
                        .samples((MIGRATIONS + 1) / 2)
                        .intervalMillis(intervalMillis)
                        .write(folder, "captured");
                EngineProcess.Ended ended;
                try (Capture capture = Capture.on(lab.get("LAB_BRIDGE"), "udp port " + LabService.PORT, captureFile)) {
                    ended = EngineProcess.run(folder, "run", plan.toString(), "--folder", "run");
                }
                assertThat(ended.exitCode()).as(ended.output()).isZero();
                compare(lab, intervalMillis, captureFile, stream);
            }
            service.wipe();
        }
    }

    private void compare(Lab lab, int intervalMillis, Path captureFile, UdpStream stream) throws Exception {
        RunFiles run = new RunFiles(folder.resolve("run"));
        List<Sample> samples = run.result().samples();
        List<RecordedTrace> captured = PcapProbeReader.readAll(captureFile, LabService.PORT);
        assertThat(captured).as("one probe each").hasSameSizeAs(samples);
        ProbePlan.Udp plan = new ProbePlan.Udp(
                "udp",
                lab.get("LAB_FLOATING"),
                LabService.PORT,
                64,
                Duration.ofMillis(intervalMillis),
                Duration.ofSeconds(1),
                true);
        System.out.printf(
                Locale.ROOT,
                "%nprobe at %d ms: downtime.observed [bounds], by the capture, difference; unanswered: probe, capture; 1 kHz stream [bounds]; milliseconds%n",
                intervalMillis);
        int close = 0;
        for (Sample sample : samples) {
            Figure.Measured seen =
                    (Figure.Measured) sample.figure(Metrics.DOWNTIME_OBSERVED).orElseThrow();
            SampleTimes times = times(run, sample);
            ProbeFile.Content probe = ProbeFile.read(run.folder()
                    .resolve("probes")
                    .resolve(String.format(Locale.ROOT, "%04d-udp.probe", sample.order())));
            CaptureComparison comparison = CaptureComparison.of(plan, probe, captured.get(sample.order() - 1), times);
            double difference =
                    Math.abs(seen.value() - comparison.truth().amount().orElseThrow());
            UdpStream.Silence silence = stream.longestSilence(
                    at(run, sample, JournalEvent.WindowOpened.class::isInstance),
                    at(run, sample, JournalEvent.WindowClosed.class::isInstance));
            System.out.printf(
                    Locale.ROOT,
                    "%3d  %9.3f [%9.3f .. %9.3f]  %9.3f  %6.3f  %4d %4d  [%9.3f .. %9.3f]%n",
                    sample.order(),
                    seen.value(),
                    seen.lower(),
                    seen.upper(),
                    comparison.truth().amount().orElseThrow(),
                    difference,
                    comparison.unanswered().size(),
                    comparison.captured().size(),
                    silence.lowerMillis(),
                    silence.upperMillis());

            assertThat(comparison.unanswered())
                    .as("unanswered in sample %d", sample.order())
                    .isNotEmpty()
                    .isEqualTo(comparison.captured());
            assertThat(difference).as("sample %d", sample.order()).isLessThanOrEqualTo(ALWAYS);
            assertThat(silence.lowerMillis())
                    .as("bounds overlap in sample %d", sample.order())
                    .isLessThanOrEqualTo(seen.upper());
            assertThat(silence.upperMillis())
                    .as("bounds overlap in sample %d", sample.order())
                    .isGreaterThanOrEqualTo(seen.lower());
            close += difference <= CLOSE ? 1 : 0;
        }
        assertThat(close).as("within 1 ms: 19 of 20").isGreaterThanOrEqualTo(samples.size() * 19 / 20);
    }

    private static SampleTimes times(RunFiles run, Sample sample) throws Exception {
        long requested = nanos(run, sample, JournalEvent.Requested.class::isInstance);
        long opened = nanos(run, sample, JournalEvent.WindowOpened.class::isInstance);
        return new SampleTimes(
                Math.max(opened, requested - PlanFile.BEFORE.toNanos()),
                requested,
                OptionalLong.empty(),
                OptionalLong.of(nanos(
                        run,
                        sample,
                        event -> event instanceof JournalEvent.Marked mark && mark.kind() == Mark.Kind.CONFIRMED)),
                nanos(run, sample, JournalEvent.WindowClosed.class::isInstance),
                List.of());
    }

    private static long nanos(RunFiles run, Sample sample, Predicate<JournalEvent> wanted) throws Exception {
        JournalEntry entry = entry(run, sample, wanted);
        return entry.event() instanceof JournalEvent.Marked mark ? mark.atNanos() : entry.nanos();
    }

    private static Instant at(RunFiles run, Sample sample, Predicate<JournalEvent> wanted) throws Exception {
        return entry(run, sample, wanted).at();
    }

    private static JournalEntry entry(RunFiles run, Sample sample, Predicate<JournalEvent> wanted) throws Exception {
        return run.journal().entries().stream()
                .filter(entry -> entry.event() instanceof JournalEvent.OfSample of && of.order() == sample.order())
                .filter(entry -> wanted.test(entry.event()))
                .findFirst()
                .orElseThrow();
    }
}
