package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What a command says, in whatever pieces it arrives. */
class CommandStreamsTest {

    @Property
    void everythingIsKeptUpToTheLimit(
            @ForAll @Size(max = 64) byte[] ascii, @ForAll @IntRange(min = 1, max = 9) int piece) throws Exception {
        mask(ascii);
        BoundedOutput output = new BoundedOutput(64);
        writeInPieces(output, ascii, piece);
        assertThat(output.text()).isEqualTo(new String(ascii, StandardCharsets.US_ASCII));
    }

    @Property
    void beyondTheLimitBeginningAndEndAreKeptAndTheGapIsNamed(
            @ForAll @Size(min = 65, max = 400) byte[] ascii, @ForAll @IntRange(min = 1, max = 99) int piece)
            throws Exception {
        mask(ascii);
        BoundedOutput output = new BoundedOutput(64);
        writeInPieces(output, ascii, piece);
        String all = new String(ascii, StandardCharsets.US_ASCII);
        assertThat(output.text())
                .isEqualTo(all.substring(0, 32) + "\n[" + (all.length() - 64) + " bytes left out]\n"
                        + all.substring(all.length() - 32));
    }

    @Property
    void theMarkIsFoundInWhateverPiecesItArrives(
            @ForAll @IntRange(min = 1, max = 40) int piece, @ForAll @IntRange(min = 1) int pid) throws Exception {
        MarkedOutput marked = new MarkedOutput();
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        AtomicInteger begun = new AtomicInteger();
        marked.expect(command, begun::incrementAndGet);
        String all = "welcome to lmb-begins:\n" + MarkedOutput.MARK + pid + "\n" + MarkedOutput.MARK + "7\nrest é\n";
        writeInPieces(marked, all.getBytes(StandardCharsets.UTF_8), piece);
        assertThat(marked.pid()).hasValue(pid);
        assertThat(marked.preamble()).isEqualTo("welcome to lmb-begins:");
        assertThat(command.toString(StandardCharsets.UTF_8)).isEqualTo(MarkedOutput.MARK + "7\nrest é\n");
        assertThat(begun).hasValue(1);
    }

    @Test
    void theMarkIsFoundAfterAVeryLongGreeting() throws Exception {
        MarkedOutput marked = new MarkedOutput();
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        marked.expect(command, () -> {});
        byte[] greeting = new byte[1_000_000];
        Arrays.fill(greeting, (byte) 'x');
        writeInPieces(marked, greeting, 30_000);
        marked.write(("\n" + MarkedOutput.MARK + "12\nout").getBytes(StandardCharsets.US_ASCII));
        assertThat(marked.pid()).hasValue(12);
        assertThat(command.toString(StandardCharsets.US_ASCII)).isEqualTo("out");
    }

    private static void mask(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] &= 0x7f;
        }
    }

    private static void writeInPieces(OutputStream to, byte[] bytes, int piece) throws Exception {
        for (int at = 0; at < bytes.length; at += piece) {
            to.write(bytes, at, Math.min(piece, bytes.length - at));
        }
    }
}
