package io.jenkins.plugins.livemigration.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.StateCheck;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    @Test
    void readsBackEveryKindOfEventAsItWasWritten() throws IOException {
        List<JournalEntry> written = new ArrayList<>();
        try (Journal journal = Journal.create(folder, RunClock.startingNow(), written::add)) {
            everyKind().forEach(journal::append);
        }

        JournalFile read = JournalFile.read(folder);

        assertThat(read.entries()).isEqualTo(written);
        assertThat(read.torn()).isFalse();
        assertThat(read.entries()).extracting(JournalEntry::sequence).startsWith(1L, 2L, 3L);
        assertThat(written.stream().map(entry -> entry.event().getClass()).distinct())
                .as("the example covers every kind of event")
                .hasSize(concreteKinds(JournalEvent.class));
    }

    @Test
    void ignoresALastLineThatWasTornAtAnyByte() throws IOException {
        try (Journal journal = Journal.create(folder, RunClock.startingNow(), entry -> {})) {
            journal.append(new JournalEvent.WindowOpened(1));
            journal.append(new JournalEvent.EvidenceKept(1, "log", "größer ✓"));
        }
        Path file = folder.resolve(Journal.FILE);
        byte[] whole = Files.readAllBytes(file);
        int first = new String(whole, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
        for (int length = first + 1; length < whole.length - 1; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            JournalFile read = JournalFile.read(folder);
            assertThat(read.torn()).isTrue();
            assertThat(read.entries()).hasSize(1);
        }
    }

    /** Whoever reads line by line meets the end inside a line, and then the rest of that line as if it were one. */
    @Test
    void readsAJournalThatGrowsMeanwhileAsFarAsItReached() throws IOException {
        try (Journal journal = Journal.create(folder, RunClock.startingNow(), entry -> {})) {
            journal.append(new JournalEvent.WindowOpened(1));
            journal.append(new JournalEvent.WindowClosed(1));
        }
        byte[] whole = Files.readAllBytes(folder.resolve(Journal.FILE));
        int first = new String(whole, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
        for (int reached = first + 1; reached < whole.length - 1; reached++) {
            JournalFile read = JournalFile.read(new GrowingFile(whole, reached), "journal");
            assertThat(read.entries()).hasSize(1);
            assertThat(read.torn()).isTrue();
        }
    }

    /** Ends at some byte; whoever asks again gets the rest, which was written meanwhile. */
    private static final class GrowingFile extends InputStream {
        private final ByteArrayInputStream soFar;
        private final ByteArrayInputStream later;
        private boolean ended;

        GrowingFile(byte[] whole, int reached) {
            soFar = new ByteArrayInputStream(whole, 0, reached);
            later = new ByteArrayInputStream(whole, reached, whole.length - reached);
        }

        @Override
        public int read() {
            int next = ended ? later.read() : soFar.read();
            ended |= next < 0;
            return next;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            int length = ended ? later.read(into, from, most) : soFar.read(into, from, most);
            ended |= length < 0;
            return length;
        }
    }

    @Test
    void namesTheLineThatIsDamagedInTheMiddle() throws IOException {
        try (Journal journal = Journal.create(folder, RunClock.startingNow(), entry -> {})) {
            journal.append(new JournalEvent.WindowOpened(1));
        }
        Path file = folder.resolve(Journal.FILE);
        Files.writeString(file, "{\"seq\":2,\n{\"seq\":3}\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> JournalFile.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void countsEventsOfATypeThatIsNotKnownAndReadsTheRest() throws IOException {
        try (Journal journal = Journal.create(folder, RunClock.startingNow(), entry -> {})) {
            journal.append(new JournalEvent.WindowOpened(1));
        }
        Files.writeString(
                folder.resolve(Journal.FILE),
                "{\"seq\":2,\"nanos\":5,\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"from-the-future\",\"data\":{}}\n",
                StandardOpenOption.APPEND);

        JournalFile read = JournalFile.read(folder);

        assertThat(read.unknown()).isEqualTo(1);
        assertThat(read.entries()).hasSize(1);
    }

    @Test
    void neverOverwritesTheJournalOfAnotherRun() throws IOException {
        Journal.create(folder, RunClock.startingNow(), entry -> {}).close();

        assertThatThrownBy(() -> Journal.create(folder, RunClock.startingNow(), entry -> {}))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void keepsEntriesWholeWhenSeveralThreadsAppend() throws Exception {
        int threads = 4;
        int each = 200;
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> appenders = new ArrayList<>();
        try (Journal journal = Journal.create(folder, RunClock.startingNow(), entry -> {})) {
            for (int i = 0; i < threads; i++) {
                Thread thread = new Thread(() -> {
                    try {
                        start.await();
                        for (int k = 0; k < each; k++) {
                            journal.append(new JournalEvent.EvidenceKept(1, "x", "y".repeat(k)));
                        }
                    } catch (InterruptedException end) {
                        Thread.currentThread().interrupt();
                    }
                });
                thread.start();
                appenders.add(thread);
            }
            start.countDown();
            for (Thread appender : appenders) {
                appender.join();
            }
        }

        JournalFile read = JournalFile.read(folder);

        assertThat(read.entries()).hasSize(threads * each);
        for (int i = 0; i < read.entries().size(); i++) {
            assertThat(read.entries().get(i).sequence()).isEqualTo(i + 1);
        }
    }

    @Test
    void staysSilentAndTellsWhyWhenTheDiskIsFull() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(Files.exists(full)).as("this machine has /dev/full").isTrue();
        List<JournalEntry> followed = new ArrayList<>();
        try (Journal journal =
                Journal.open(FileChannel.open(full, StandardOpenOption.WRITE), RunClock.startingNow(), followed::add)) {
            journal.append(new JournalEvent.WindowOpened(1));
            journal.append(new JournalEvent.WindowClosed(1));

            assertThat(journal.failure()).isPresent();
            assertThat(journal.failure().get()).hasMessageContaining("No space left");
        }
        assertThat(followed).hasSize(2);
    }

    private static int concreteKinds(Class<?> sealed) {
        int kinds = 0;
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            kinds += permitted.isSealed() ? concreteKinds(permitted) : 1;
        }
        return kinds;
    }

    private static List<JournalEvent> everyKind() {
        JournalEvent.Move move = new JournalEvent.Move(1, "small", Direction.OUT, 1, true, "host-a", "host-b");
        Message message = Message.of("engine.completed", 1, 2);
        Finding finding = new Finding(Finding.Severity.WARNING, "host-a", message, Message.literal("do that"));
        return List.of(
                new JournalEvent.RunStarted(
                        1,
                        "id",
                        "name",
                        "1.0",
                        JsonNodeFactory.instance.objectNode().put("samples", 5)),
                new JournalEvent.Preflight(List.of(finding)),
                new JournalEvent.EnvironmentRead(Map.of("host-a", Map.of("kernel", "6.1"))),
                new JournalEvent.ClocksRead(List.of()),
                new JournalEvent.LeaseAcquired("podman:web", "me"),
                new JournalEvent.LeaseReleased("podman:web"),
                new JournalEvent.ConfirmationStarted(
                        true,
                        List.of("default"),
                        new RunEnd(RunEnd.Kind.COMPLETED, Message.of("engine.completed", 10, 10))),
                new JournalEvent.ConfirmationEnded(
                        new RunEnd(RunEnd.Kind.INTERRUPTED, Message.of("engine.interrupted"))),
                new JournalEvent.HomeFound("small", "host-a"),
                new JournalEvent.Scheduled(List.of(move)),
                new JournalEvent.SampleStarted(move),
                new JournalEvent.ProbeStarted(1, "udp", "probes/0001-udp.probe"),
                new JournalEvent.WindowOpened(1),
                new JournalEvent.Requested(1),
                new JournalEvent.PhaseStarted(1, "checkpoint"),
                new JournalEvent.PhaseEnded(1, "checkpoint", OptionalLong.of(4096)),
                new JournalEvent.PhaseEnded(1, "transfer", OptionalLong.empty()),
                new JournalEvent.Marked(1, Mark.Kind.SOURCE_STOPPED, 123),
                new JournalEvent.Reported(1, "criu.frozen", Figure.between(1, 2, 3)),
                new JournalEvent.Reported(1, "downtime.reported", Figure.absent(message)),
                new JournalEvent.Reported(1, "bytes.ram", new Figure.AtLeast(5, message)),
                new JournalEvent.EvidenceKept(1, "stats", "{\"a\": \"\u2028\"}"),
                new JournalEvent.MigrationEnded(1, new Outcome.Failed("restore", message)),
                new JournalEvent.MigrationEnded(1, new Outcome.NotSupported(message)),
                new JournalEvent.WindowClosed(1),
                new JournalEvent.ProbeEnded(1, new SideFile("udp", "probes/0001-udp.probe", 10, "00")),
                new JournalEvent.CaptureKept(
                        1, "local", "eth0", new SideFile("local-eth0", "captures/0001-local-eth0.pcap.gz", 10, "00")),
                new JournalEvent.StateChecked(1, new StateCheck("1", "2", true)),
                new JournalEvent.SampleSummed(1, new Outcome.Succeeded(), Map.of("criu.frozen", Figure.of(1))),
                new JournalEvent.SampleEnded(1),
                new JournalEvent.Recovered(true, "host-a", List.of(message)),
                new JournalEvent.MovedUnmeasured("host-b", "host-a", new Outcome.Succeeded()),
                new JournalEvent.Noted(message),
                new JournalEvent.RunEnded(new RunEnd(RunEnd.Kind.COMPLETED, message)));
    }
}
