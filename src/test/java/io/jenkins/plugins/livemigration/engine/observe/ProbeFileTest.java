package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.livemigration.engine.journal.SideFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeFileTest {
    private static final ProbeFile HEADER = new ProbeFile("clients", "udp", 5_000_000, 1_000_000, true);

    @TempDir
    Path folder;

    /** One attempt: how late it was sent, and after how long it was answered; negative for never. */
    record Attempt(long lateness, long rtt) {}

    @Property
    void readsWhatWasWritten(@ForAll("headers") ProbeFile header, @ForAll("attempts") List<Attempt> attempts)
            throws Exception {
        inFile(header, attempts, file -> {
            ProbeFile.Content content = ProbeFile.read(file);
            assertThat(content.header()).isEqualTo(header);
            assertSame(content.trace(), header, attempts, attempts.size());
        });
    }

    @Property
    void ignoresATornTail(
            @ForAll("headers") ProbeFile header, @ForAll("attempts") List<Attempt> attempts, @ForAll int cutAt)
            throws Exception {
        inFile(header, attempts, file -> {
            byte[] whole = Files.readAllBytes(file);
            int start = header.toBytes().length;
            int cut = start + Math.floorMod(cutAt, whole.length - start + 1);
            Files.write(file, Arrays.copyOf(whole, cut));
            int records = (cut - start) / ProbeFile.RECORD_BYTES;
            int sent = 0;
            for (int at = start; at < start + records * ProbeFile.RECORD_BYTES; at += ProbeFile.RECORD_BYTES) {
                sent += whole[at] == ProbeFile.SENT ? 1 : 0;
            }
            RecordedTrace trace = ProbeFile.read(file).trace();
            assertThat(trace.size()).isEqualTo(sent);
        });
    }

    @Property(tries = 50)
    void sealsExactlyWhatItWrote(@ForAll("attempts") List<Attempt> attempts) throws Exception {
        Path file = Files.createTempFile("probe", ".test");
        Files.delete(file);
        try {
            ProbeFileWriter writer = ProbeFileWriter.create(file, HEADER);
            write(writer, HEADER, attempts);
            SideFile sealed = writer.complete();
            byte[] bytes = Files.readAllBytes(file);
            assertThat(sealed.probe()).isEqualTo("clients");
            assertThat(sealed.file()).isEqualTo(file.getFileName().toString());
            assertThat(sealed.length()).isEqualTo(bytes.length);
            assertThat(sealed.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void isReadableWhileItIsWritten() throws Exception {
        Path file = folder.resolve("live.probe");
        try (ProbeFileWriter writer = ProbeFileWriter.create(file, HEADER)) {
            writer.sent(0, 5_000_100);
            writer.replied(0, 5_200_000);
            writer.flush();
            RecordedTrace trace = ProbeFile.read(file).trace();
            assertThat(trace.size()).isEqualTo(1);
            assertThat(trace.receivedNanos(0)).isEqualTo(5_200_000);
        }
    }

    @Test
    void keepsHowLongTheSendingTook() throws Exception {
        Path file = folder.resolve("took.probe");
        try (ProbeFileWriter writer = ProbeFileWriter.create(file, HEADER)) {
            writer.sent(0, 5_000_000, 2_400);
            writer.sent(1, 6_000_000);
            writer.sent(2, 7_000_000, Long.MAX_VALUE / 2);
        }
        RecordedTrace trace = ProbeFile.read(file).trace();
        assertThat(trace.leftNanos(0)).isEqualTo(5_003_000);
        assertThat(trace.leftNanos(1)).isEqualTo(6_000_000);
        assertThat(trace.leftNanos(2)).isEqualTo(7_000_000 + 0xFFFFFF * 1_000L);
    }

    @Test
    void keepsWhenThisMachineHeldUsUp() throws Exception {
        Path file = folder.resolve("held.probe");
        long seconds = 1_000_000_000L;
        try (ProbeFileWriter writer = ProbeFileWriter.create(file, HEADER)) {
            writer.watched(4_000_000, HoldUpWatch.RESOLUTION_NANOS);
            writer.heldUp(1, 7_000_000, 9_000_000);
            writer.heldUp(0, 8_000_000, 9_500_400);
            writer.heldUp(0, seconds, 41 * seconds);
        }
        HoldUps holdUps = ProbeFile.read(file).trace().holdUps();
        assertThat(holdUps.resolutionNanos()).isEqualTo(HoldUpWatch.RESOLUTION_NANOS);
        assertThat(holdUps.within(0, seconds)).isEqualTo(2_501_000);
        assertThat(holdUps.within(0, 50 * seconds)).isEqualTo(40 * seconds + 2_501_000);
    }

    /** The 12th byte is the version's last. */
    @Test
    void readsFilesFromBeforeThatWasWatched() throws Exception {
        Path file = folder.resolve("old.probe");
        try (ProbeFileWriter writer = ProbeFileWriter.create(file, HEADER)) {
            writer.sent(0, 5_000_100);
        }
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes[11]).isEqualTo((byte) 2);
        bytes[11] = 1;
        RecordedTrace trace = ProbeFile.read(Files.write(file, bytes)).trace();
        assertThat(trace.size()).isEqualTo(1);
        assertThat(trace.holdUps().resolutionNanos()).isZero();
    }

    @Test
    void keepsTheEarliestOfSeveralReplies() throws Exception {
        Path file = folder.resolve("twice.probe");
        try (ProbeFileWriter writer = ProbeFileWriter.create(file, HEADER)) {
            writer.replied(0, 7_000_000);
            writer.sent(0, 5_000_000);
            writer.replied(0, 6_000_000);
            writer.replied(3, 6_000_000);
        }
        RecordedTrace trace = ProbeFile.read(file).trace();
        assertThat(trace.size()).isEqualTo(1);
        assertThat(trace.receivedNanos(0)).isEqualTo(6_000_000);
    }

    @Test
    void keepsWhenAHeldConnectionBroke() throws Exception {
        Path file = folder.resolve("broken.probe");
        try (ProbeFileWriter writer = ProbeFileWriter.create(file, HEADER)) {
            writer.broke(42);
        }
        RecordedTrace trace = ProbeFile.read(file).trace();
        assertThat(trace.breaks()).isEqualTo(1);
        assertThat(trace.breakNanos(0)).isEqualTo(42);
    }

    @Test
    void refusesOtherFiles() throws Exception {
        Path file = Files.writeString(folder.resolve("other.probe"), "something else altogether, and long enough");
        assertThatThrownBy(() -> ProbeFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a probe file");
        Path torn = Files.write(folder.resolve("torn.probe"), Arrays.copyOf(HEADER.toBytes(), 15));
        assertThatThrownBy(() -> ProbeFile.read(torn))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ends inside its header");
        byte[] newer = HEADER.toBytes();
        newer[11] = 9;
        Path later = Files.write(folder.resolve("newer.probe"), newer);
        assertThatThrownBy(() -> ProbeFile.read(later))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9");
    }

    @Provide
    Arbitrary<ProbeFile> headers() {
        return Combinators.combine(
                        Arbitraries.strings().ofMaxLength(20),
                        Arbitraries.of("udp", "http", "tcp", "session", "ping"),
                        Arbitraries.longs().between(0, Long.MAX_VALUE / 4),
                        Arbitraries.longs().between(1, 10_000_000_000L),
                        Arbitraries.of(true, false))
                .as(ProbeFile::new)
                .filter(header -> header.probe().chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }

    @Provide
    Arbitrary<List<Attempt>> attempts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.longs().between(0, 1_000_000_000L)), Tuple.of(1, Arbitraries.just(-1L)))
                .flatMap(rtt -> Arbitraries.longs().between(0, 1_000_000L).map(late -> new Attempt(late, rtt)))
                .list()
                .ofMaxSize(60);
    }

    private interface Check {
        void on(Path file) throws Exception;
    }

    private static void inFile(ProbeFile header, List<Attempt> attempts, Check check) throws Exception {
        Path file = Files.createTempFile("probe", ".test");
        Files.delete(file);
        try {
            try (ProbeFileWriter writer = ProbeFileWriter.create(file, header)) {
                write(writer, header, attempts);
            }
            check.on(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void write(ProbeFileWriter writer, ProbeFile header, List<Attempt> attempts) {
        for (int i = 0; i < attempts.size(); i++) {
            long sent = header.startNanos()
                    + i * header.intervalNanos()
                    + attempts.get(i).lateness();
            writer.sent(i, sent);
            if (attempts.get(i).rtt() >= 0) {
                writer.replied(i, sent + attempts.get(i).rtt());
            }
            if (i % 7 == 0) {
                writer.flush();
            }
        }
    }

    private static void assertSame(RecordedTrace trace, ProbeFile header, List<Attempt> attempts, int size) {
        assertThat(trace.size()).isEqualTo(size);
        for (int i = 0; i < size; i++) {
            Attempt attempt = attempts.get(i);
            long slot = header.startNanos() + i * header.intervalNanos();
            assertThat(trace.sentNanos(i)).isEqualTo(slot + attempt.lateness());
            assertThat(trace.scheduledNanos(i)).isEqualTo(header.scheduled() ? slot : slot + attempt.lateness());
            assertThat(trace.answered(i)).isEqualTo(attempt.rtt() >= 0);
            if (attempt.rtt() >= 0) {
                assertThat(trace.receivedNanos(i)).isEqualTo(slot + attempt.lateness() + attempt.rtt());
            }
        }
    }
}
