package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.observe.ObservationPreflight;
import io.jenkins.plugins.livemigration.engine.observe.ProbeFile;
import io.jenkins.plugins.livemigration.engine.observe.ProbeSession;
import io.jenkins.plugins.livemigration.engine.observe.SampleCaptures;
import io.jenkins.plugins.livemigration.engine.observe.SystemProbes;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalyzer;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.CapturePlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures and responders on a host that is reached over SSH: the protocol, tcpdump and java are real. */
@Tag("lab")
class WatchingOverSshLabTest {
    private static final Duration SHORT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private TestSshServer server;
    private Hosts hosts;

    /** One host, called peer. */
    private record Peer(Host peer) implements Hosts {
        @Override
        public Host host(String name) {
            assertThat(name).isEqualTo("peer");
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

    @BeforeEach
    void connect() throws Exception {
        server = new TestSshServer().start();
        hosts = new Peer(new SshHost(server.plan("peer"), TestSshServer.password(), Optional.empty()));
    }

    @AfterEach
    void disconnect() throws Exception {
        hosts.close();
        server.close();
    }

    private static BenchmarkPlan plan(String filter) {
        String text = """
                name: captured over SSH
                hosts: {host-a: {address: 192.0.2.11}, host-b: {address: 192.0.2.12}, peer: {address: 192.0.2.30}}
                driver: {command: {from: host-a, to: host-b, on: local, migrate: "true", locate: "true"}}
                capture: [{on: peer, interface: lo, filter: "%s"}]
                """.formatted(filter);
        return ((ParsedPlan.Valid) PlanParser.parse(text, PlanFormat.YAML)).plan();
    }

    @Test
    void keepsWhatPassedThereAndLeavesNothingBehind() throws Exception {
        assumeTrue(LabTools.captures(), "SKIPPED: needs tcpdump and root");
        List<String> before = LabTools.captureFolders();
        List<JournalEntry> entries = new CopyOnWriteArrayList<>();
        try (DatagramSocket service = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket client = new DatagramSocket();
                Journal journal = Journal.create(folder, RunClock.startingNow(), entries::add)) {
            BenchmarkPlan plan = plan("udp port " + service.getLocalPort());
            assertThat(ObservationPreflight.captures(plan.captures(), hosts))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.OK));
            try (SampleCaptures captures = SampleCaptures.start(plan, hosts, journal)) {
                for (int i = 0; i < 20; i++) {
                    client.send(new DatagramPacket(new byte[500], 500, service.getLocalSocketAddress()));
                }
                captures.keep(1, folder, List.of(), List.of());
            }
        }
        assertThat(entries).extracting(JournalEntry::event).noneMatch(event -> event instanceof JournalEvent.Noted);
        CaptureAnalysis analysis = CaptureAnalyzer.analyze(
                folder.resolve("captures/0001-peer-lo.pcap.gz"), CaptureAnalyzer.DEFAULT_SILENCE);
        assertThat(analysis.frames()).isEqualTo(20);
        assertThat(analysis.torn()).isFalse();
        assertThat(LabTools.captureFolders()).isSubsetOf(before);
    }

    @Test
    void saysBeforehandWhyNothingCouldBeCaptured() throws Exception {
        assumeTrue(LabTools.captures(), "SKIPPED: needs tcpdump and root");
        assertThat(problem(new CapturePlan("peer", "nowhere0", Optional.empty(), 128, 64)))
                .isEqualTo("observe.captureRefused");
        assertThat(problem(new CapturePlan("peer", "lo", Optional.of("no such filter"), 128, 64)))
                .isEqualTo("observe.captureRefused");
        assertThat(problem(new CapturePlan("peer", "lo", Optional.empty(), 128, 1_000_000_000)))
                .isEqualTo("observe.noRoom");
    }

    private String problem(CapturePlan capture) throws InterruptedException {
        Finding finding = ObservationPreflight.captures(List.of(capture), hosts).get(0);
        assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
        return finding.problem().key();
    }

    @Test
    void startsAResponderThatEndsByItselfWhenNobodyCanEndIt() throws Exception {
        assumeTrue(System.getProperty("lmb.engineJar") != null, "SKIPPED: needs the packaged engine");
        ProbePlan.OneWay probe =
                new ProbePlan.OneWay("peer", "peer", "127.0.0.1", 0, Duration.ofMillis(10), Duration.ofSeconds(1));
        assertThat(ObservationPreflight.responders(List.of(probe), hosts))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.OK));
        try (ProbeSession session =
                new SystemProbes(hosts).start(List.of(probe), folder, "s", RunClock.startingNow())) {
            assertThat(session.awaitReplies(20, Duration.ofSeconds(30))).isEmpty();
            assertThat(LabTools.responders()).isPositive();
            hosts.close();
            session.stop();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> LabTools.responders() == 0);
        assertThat(ProbeFile.read(folder.resolve("s-peer.probe")).trace().stamped(0))
                .isTrue();
    }

    /** What this machine has and runs. */
    private static final class LabTools {
        static boolean captures() throws InterruptedException {
            try (LocalHost here = new LocalHost("here")) {
                return here.run("[ $(id -u) = 0 ] && command -v tcpdump", SHORT).ok();
            }
        }

        static List<String> captureFolders() throws IOException {
            try (Stream<Path> all = Files.list(Path.of("/var/tmp"))) {
                return all.map(Path::toString)
                        .filter(name -> name.contains("lmb-capture."))
                        .toList();
            }
        }

        /** Ours only: another lab on this machine may have its own. */
        static long responders() {
            return ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains("probe --respond"))
                            .isPresent())
                    .count();
        }
    }
}
