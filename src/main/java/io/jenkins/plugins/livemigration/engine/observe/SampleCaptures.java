package io.jenkins.plugins.livemigration.engine.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.SideFile;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalyzer;
import io.jenkins.plugins.livemigration.engine.observe.capture.TrafficMeter;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.CapturePlan;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.ResultJson;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The packet captures of one sample. What cannot be captured is noted and does not prevent the sample. Files go to the run's
 * folder and are named in the journal; what they show is kept as evidence, and {@code throughput.*} comes from a capture on
 * this machine, whose clock the moments of the sample are of. Used by one thread.
 */
public final class SampleCaptures implements AutoCloseable {
    private static final Duration SLACK = Duration.ofMinutes(5);
    private static final int KEPT_CONVERSATIONS = 10;

    private final Journal journal;
    private final BenchmarkPlan plan;
    private final List<Tcpdump> running = new ArrayList<>();

    private SampleCaptures(Journal journal, BenchmarkPlan plan) {
        this.journal = journal;
        this.plan = plan;
    }

    /** Starts the plan's captures and waits until they run. */
    public static SampleCaptures start(BenchmarkPlan plan, Hosts hosts, Journal journal) throws InterruptedException {
        SampleCaptures captures = new SampleCaptures(journal, plan);
        Duration limit = plan.window()
                .before()
                .plus(plan.sampleTimeout())
                .plus(plan.window().after())
                .plus(SLACK);
        try {
            for (CapturePlan capture : plan.captures()) {
                captures.running.add(Tcpdump.start(capture, hosts.host(capture.on()), limit));
            }
            captures.awaitBegin();
            return captures;
        } catch (InterruptedException | RuntimeException failed) {
            captures.close();
            throw failed;
        }
    }

    private void awaitBegin() throws InterruptedException {
        for (Tcpdump tcpdump : List.copyOf(running)) {
            Optional<Message> trouble = tcpdump.awaitBegin();
            if (trouble.isPresent()) {
                tcpdump.close();
                running.remove(tcpdump);
                journal.append(new JournalEvent.Noted(trouble.get()));
            }
        }
    }

    /**
     * Ends the captures, keeps their files, and says what they show.
     *
     * @param edges when the window opened, the migration was asked for and ended, and the window closed, by this machine's
     *     clock; empty if it was not asked for
     */
    public void keep(int order, Path runFolder, List<ProbePlan> probes, List<Instant> edges)
            throws InterruptedException {
        for (Tcpdump tcpdump : running) {
            try {
                keep(tcpdump, order, runFolder, probes, edges);
            } catch (IOException failed) {
                journal.append(new JournalEvent.Noted(Message.of(
                        "observe.noCapture",
                        tcpdump.plan().on(),
                        tcpdump.plan().device(),
                        String.valueOf(failed.getMessage()))));
            }
        }
    }

    private void keep(Tcpdump tcpdump, int order, Path runFolder, List<ProbePlan> probes, List<Instant> edges)
            throws IOException, InterruptedException {
        CapturePlan capture = tcpdump.plan();
        tcpdump.end();
        String name = capture.on() + "-" + capture.device();
        Path folder = Files.createDirectories(runFolder.resolve("captures"));
        Path file = folder.resolve(String.format(Locale.ROOT, "%04d-%s.pcap.gz", order, name));
        tcpdump.collect(file);
        SideFile side = new SideFile(name, runFolder.relativize(file).toString(), Files.size(file), Sha256.of(file));
        journal.append(new JournalEvent.CaptureKept(order, capture.on(), capture.device(), side));
        boolean measures = edges.size() == Metrics.PARTS.size() + 1
                && Optional.ofNullable(plan.hosts().get(capture.on()))
                        .filter(HostPlan::local)
                        .isPresent();
        TrafficMeter meter = measures ? TrafficMeter.of(addresses(probes), edges) : TrafficMeter.of();
        CaptureAnalysis analysis = CaptureAnalyzer.analyze(file, CaptureAnalyzer.DEFAULT_SILENCE, meter);
        journal.append(new JournalEvent.EvidenceKept(order, "capture " + name, text(tcpdump, analysis)));
        if (measures && meter.watches()) {
            report(order, capture, meter);
        }
    }

    private void report(int order, CapturePlan capture, TrafficMeter meter) {
        for (int part = 0; part < Metrics.PARTS.size(); part++) {
            double to = meter.toBitsPerSecond(part);
            double from = meter.fromBitsPerSecond(part);
            Message source = Message.of(
                    "observe.captured",
                    capture.on(),
                    capture.device(),
                    QuantityText.text(to, Unit.BITS_PER_SECOND),
                    QuantityText.text(from, Unit.BITS_PER_SECOND));
            journal.append(new JournalEvent.Reported(
                    order, "throughput." + Metrics.PARTS.get(part), Figure.of(to + from, source)));
        }
    }

    private static String text(Tcpdump tcpdump, CaptureAnalysis analysis) throws JsonProcessingException {
        JsonMapper mapper = ResultJson.builder().build();
        return tcpdump.said() + mapper.writeValueAsString(analysis.withLargest(KEPT_CONVERSATIONS)) + "\n";
    }

    /** The addresses of the services that the probes ask. */
    private static List<InetAddress> addresses(List<ProbePlan> probes) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (ProbePlan probe : probes) {
            try {
                addresses.addAll(List.of(InetAddress.getAllByName(probe.host())));
            } catch (UnknownHostException unknown) {
                // Its probe could not be started either.
            }
        }
        return List.copyOf(addresses);
    }

    /** Ends what still runs and removes what is left on the hosts. */
    @Override
    public void close() {
        running.forEach(Tcpdump::close);
    }
}
