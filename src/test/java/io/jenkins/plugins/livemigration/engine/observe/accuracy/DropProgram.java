package io.jenkins.plugins.livemigration.engine.observe.accuracy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A classifier for the kernel's traffic control that drops every packet from one moment to another, as an ELF object that
 * {@code tc filter ... bpf} loads. The moments are constants of the program, by the monotonic clock, which is the one that
 * {@link System#nanoTime()} reads too: the kernel itself looks at the clock for each packet, so the outage has exactly the
 * length that was asked for.
 *
 * <p>Formats: "System V ABI, Object Files" (ELF-64) and the kernel's documentation of the eBPF instruction set
 * (Documentation/bpf/standardization/instruction-set.rst).
 */
final class DropProgram {
    static final String SECTION = "classifier";

    private static final int INSTRUCTION_BYTES = 8;
    private static final int KTIME_GET_NS = 5;
    private static final int TC_ACT_OK = 0;
    private static final int TC_ACT_SHOT = 2;

    private static final int HEADER_BYTES = 64;
    private static final int SECTION_BYTES = 64;
    private static final int SYMBOL_BYTES = 24;
    private static final short EM_BPF = 247;

    private DropProgram() {}

    /** The object's bytes. */
    static byte[] dropping(long fromNanos, long untilNanos) {
        Strings names = new Strings();
        byte[] code = code(fromNanos, untilNanos);
        byte[] license = "GPL\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer symbols = little(3 * SYMBOL_BYTES).position(SYMBOL_BYTES);
        symbol(symbols, names.at("drop_window"), 2, 1, code.length);
        symbol(symbols, names.at("_license"), 1, 2, license.length);
        int[] name = {
            0, names.at(SECTION), names.at("license"), names.at(".symtab"), names.at(".strtab"),
        };
        List<byte[]> contents = List.of(new byte[0], code, license, all(symbols), names.bytes());
        // type, flags, link, info, size of an entry
        int[][] about = {{0, 0, 0, 0, 0}, {1, 6, 0, 0, 0}, {1, 3, 0, 0, 0}, {2, 0, 4, 1, SYMBOL_BYTES}, {3, 0, 0, 0, 0}
        };

        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ByteBuffer sections = little(contents.size() * SECTION_BYTES);
        for (int i = 0; i < contents.size(); i++) {
            body.writeBytes(new byte[-body.size() & 7]);
            sections.putInt(name[i]).putInt(about[i][0]).putLong(about[i][1]).putLong(0);
            sections.putLong(i == 0 ? 0 : HEADER_BYTES + body.size()).putLong(contents.get(i).length);
            sections.putInt(about[i][2])
                    .putInt(about[i][3])
                    .putLong(i == 0 ? 0 : 8)
                    .putLong(about[i][4]);
            body.writeBytes(contents.get(i));
        }
        body.writeBytes(new byte[-body.size() & 7]);

        ByteBuffer header = little(HEADER_BYTES);
        header.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}).position(16);
        header.putShort((short) 1).putShort(EM_BPF).putInt(1).putLong(0).putLong(0);
        header.putLong(HEADER_BYTES + body.size()).putInt(0).putShort((short) HEADER_BYTES);
        header.putShort((short) 0).putShort((short) 0).putShort((short) SECTION_BYTES);
        header.putShort((short) contents.size()).putShort((short) (contents.size() - 1));

        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.writeBytes(all(header));
        object.writeBytes(body.toByteArray());
        object.writeBytes(all(sections));
        return object.toByteArray();
    }

    private static byte[] code(long fromNanos, long untilNanos) {
        ByteBuffer code = little(11 * INSTRUCTION_BYTES);
        instruction(code, 0x85, 0, 0, 0, KTIME_GET_NS);
        constant(code, fromNanos);
        instruction(code, 0xAD, 0, 1, 5, 0); // earlier: to the end
        constant(code, untilNanos);
        instruction(code, 0x3D, 0, 1, 2, 0); // not earlier: to the end
        instruction(code, 0xB7, 0, 0, 0, TC_ACT_SHOT);
        instruction(code, 0x95, 0, 0, 0, 0);
        instruction(code, 0xB7, 0, 0, 0, TC_ACT_OK);
        instruction(code, 0x95, 0, 0, 0, 0);
        return all(code);
    }

    private static void instruction(ByteBuffer code, int operation, int to, int from, int offset, int constant) {
        code.put((byte) operation)
                .put((byte) (to | from << 4))
                .putShort((short) offset)
                .putInt(constant);
    }

    /** A constant of 64 bits in register 1. */
    private static void constant(ByteBuffer code, long value) {
        instruction(code, 0x18, 1, 0, 0, (int) value);
        instruction(code, 0, 0, 0, 0, (int) (value >>> 32));
    }

    /** A global symbol at the beginning of a section. */
    private static void symbol(ByteBuffer symbols, int name, int type, int section, long size) {
        symbols.putInt(name).put((byte) (1 << 4 | type)).put((byte) 0).putShort((short) section);
        symbols.putLong(0).putLong(size);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] all(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.clear().get(bytes);
        return bytes;
    }

    /** A table of strings that end with a zero. */
    private static final class Strings {
        private final ByteArrayOutputStream table = new ByteArrayOutputStream();

        Strings() {
            table.write(0);
        }

        int at(String text) {
            int at = table.size();
            table.writeBytes((text + "\0").getBytes(StandardCharsets.US_ASCII));
            return at;
        }

        byte[] bytes() {
            return table.toByteArray();
        }
    }
}
