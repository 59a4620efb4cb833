package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapProbeReaderTest {
    private static final int PORT = 9000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsOwnPacketsInEitherByteOrder(boolean bigEndian) throws Exception {
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(ByteBuffer.allocate(24)
                .order(order)
                .putInt(0xA1B23C4D)
                .putInt(20, 1)
                .array());
        file.write(packet(order, 100, 40_000, PORT, 7, 1));
        file.write(packet(order, 250, PORT, 40_000, 7, 1));
        file.write(packet(order, 300, 40_000, PORT, 7, 2));
        file.write(packet(order, 310, 40_000, PORT, 8, 3));
        file.write(packet(order, 320, 40_000, 53, 7, 4));
        file.write(packet(order, 900, 40_000, PORT, 7, 5), 0, 30);
        Path capture = Files.write(folder.resolve("capture.pcap"), file.toByteArray());
        RecordedTrace trace = PcapProbeReader.read(capture, PORT);
        assertThat(trace.size()).isEqualTo(2);
        assertThat(trace.scheduledNanos(0)).isEqualTo(1);
        assertThat(trace.sentNanos(0)).isEqualTo(1_000_000_100L);
        assertThat(trace.receivedNanos(0)).isEqualTo(1_000_000_250L);
        assertThat(trace.answered(1)).isFalse();
        assertThat(PcapProbeReader.unanswered(trace, 0, Long.MAX_VALUE, 0, 1)).containsExactly(2L);
    }

    private static byte[] packet(ByteOrder order, int nanos, int source, int destination, long token, int slot) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + 14 + 20 + 8 + 24).order(order);
        int length = bytes.capacity() - 16;
        bytes.putInt(1).putInt(nanos).putInt(length).putInt(length).order(ByteOrder.BIG_ENDIAN);
        bytes.position(28);
        bytes.putShort((short) 0x0800);
        bytes.put(30, (byte) 0x45).put(39, (byte) 17);
        bytes.position(50);
        bytes.putShort((short) source).putShort((short) destination).putInt(0);
        bytes.putInt(UdpProbe.MAGIC).putInt(slot).putLong(token).putLong(0);
        return bytes.array();
    }
}
