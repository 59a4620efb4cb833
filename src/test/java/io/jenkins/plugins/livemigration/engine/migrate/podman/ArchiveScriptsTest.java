package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real scripts, in real Perl: what goes in at the source comes out at the destination. */
class ArchiveScriptsTest {
    private static final int PAGE = 4096;
    private static final int BLOCK = 512;
    private static final String PAGES = "checkpoint/pages-1.img";
    private static final String MORE_PAGES = "checkpoint/pages-2.img";

    @BeforeEach
    @BeforeProperty
    void needsPerl() {
        assumeTrue(
                List.of("/usr/bin/perl", "/bin/perl", "/usr/local/bin/perl").stream()
                        .anyMatch(perl -> Files.isExecutable(Path.of(perl))),
                "no Perl on this machine");
    }

    /** What came out of both scripts. */
    private record Moved(Map<String, byte[]> members, long sent, boolean ended) {}

    @Property(tries = 40, shrinking = net.jqwik.api.ShrinkingMode.OFF)
    void rebuildsWhateverBecameOfTheMemory(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> before = new ArrayList<>();
        for (int count = random.nextInt(700); count > 0; count--) {
            before.add(page(random));
        }
        List<byte[]> after = new ArrayList<>(before);
        for (int changes = random.nextInt(12); changes > 0; changes--) {
            change(after, random);
        }
        int cut = random.nextBoolean() ? after.size() : random.nextInt(after.size() + 1);
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("config.dump", bytes(random, random.nextInt(5000)));
        members.put(PAGES, join(after.subList(0, cut)));
        members.put("checkpoint/mm-1.img", bytes(random, 605));
        members.put(MORE_PAGES, join(after.subList(cut, after.size())));
        members.put("rootfs-diff.tar", bytes(random, random.nextInt(2_000_000)));
        Moved moved = move(join(before), tar(members, random.nextBoolean()));
        assertThat(moved.ended).isTrue();
        assertThat(moved.members.keySet()).containsExactlyInAnyOrderElementsOf(members.keySet());
        members.forEach(
                (name, content) -> assertThat(moved.members.get(name)).as(name).isEqualTo(content));
    }

    @Test
    void sendsOnlyThePagesThatChanged() throws Exception {
        Random random = new Random(7);
        byte[] before = bytes(random, 1000 * PAGE);
        byte[] after = before.clone();
        for (int index = 0; index < 1000; index += 100) {
            System.arraycopy(bytes(random, PAGE), 0, after, index * PAGE, PAGE);
        }
        Moved moved = move(before, tar(Map.of(PAGES, after), false));
        assertThat(moved.members.get(PAGES)).isEqualTo(after);
        assertThat(moved.sent).isBetween(10L * PAGE, 11L * PAGE);
    }

    @Test
    void findsTheWayAgainWhenPagesMoved() throws Exception {
        Random random = new Random(8);
        byte[] before = bytes(random, 1000 * PAGE);
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        after.write(bytes(random, 3 * PAGE));
        after.write(before);
        Moved moved = move(before, tar(Map.of(PAGES, after.toByteArray()), true));
        assertThat(moved.members.get(PAGES)).isEqualTo(after.toByteArray());
        assertThat(moved.sent).isLessThan(40L * PAGE);
    }

    @Test
    void passesAnArchiveOnAsItIsWithoutASeed() throws Exception {
        byte[] archive = tar(Map.of(PAGES, bytes(new Random(9), 300 * PAGE)), true);
        try (Folder folder = new Folder()) {
            byte[] sent = sent(folder, new byte[0], archive);
            receive(folder, sent, "");
            byte[] out = Files.readAllBytes(folder.of("out.tar"));
            assertThat(out).isEqualTo(java.util.Arrays.copyOf(archive, out.length));
            assertThat(archive.length - out.length).isLessThan(20 * BLOCK);
        }
    }

    @Test
    void refusesAStreamThatWasCutOffAnywhere() throws Exception {
        Random random = new Random(10);
        byte[] before = bytes(random, 300 * PAGE);
        byte[] after = before.clone();
        after[12345]++;
        try (Folder folder = new Folder()) {
            byte[] sent = sent(folder, before, tar(Map.of(PAGES, after), false));
            for (int tries = 0; tries < 20; tries++) {
                Files.write(folder.of("memory/seed"), before);
                Files.deleteIfExists(folder.of("memory/pages-1.img"));
                byte[] part = java.util.Arrays.copyOf(sent, random.nextInt(sent.length));
                Files.write(folder.of("part"), part);
                assertThat(run(folder, "part", "answer", "archive-receive.pl", "out.tar", "memory"))
                        .isNotZero();
                assertThat(Files.readString(folder.of("answer"))).doesNotContain("bytes");
            }
        }
    }

    @Test
    void doesNotTakeHalfAnArchiveForAWholeOne() throws Exception {
        byte[] archive = tar(Map.of("config.dump", bytes(new Random(11), 3000)), false);
        try (Folder folder = new Folder()) {
            Files.write(folder.of("half"), java.util.Arrays.copyOf(archive, 2048));
            assertThat(run(folder, "half", "sent", "archive-send.pl", "", "ended"))
                    .isNotZero();
            assertThat(folder.of("ended")).doesNotExist();
        }
    }

    private static Moved move(byte[] seed, byte[] archive) throws Exception {
        try (Folder folder = new Folder()) {
            byte[] sent = sent(folder, seed, archive);
            boolean ended = Files.exists(folder.of("ended"));
            Files.write(folder.of("memory/seed"), seed);
            receive(folder, sent, "memory");
            Map<String, byte[]> members = untar(Files.readAllBytes(folder.of("out.tar")));
            for (String name : List.of(PAGES, MORE_PAGES)) {
                Path built = folder.of(name.replace("checkpoint", "memory"));
                if (Files.exists(built)) {
                    assertThat(members).doesNotContainKey(name);
                    members.put(name, Files.readAllBytes(built));
                }
            }
            return new Moved(members, sent.length, ended);
        }
    }

    private static byte[] sent(Folder folder, byte[] seed, byte[] archive) throws Exception {
        Files.write(folder.of("archive"), archive);
        Files.write(folder.of("source.seed"), seed);
        String name = seed.length == 0 ? "" : "source.seed";
        assertThat(run(folder, "archive", "sent", "archive-send.pl", name, "ended"))
                .isZero();
        return Files.readAllBytes(folder.of("sent"));
    }

    private static void receive(Folder folder, byte[] sent, String memory) throws Exception {
        assertThat(run(folder, "sent", "answer", "archive-receive.pl", "out.tar", memory))
                .isZero();
        assertThat(Files.readString(folder.of("answer"))).isEqualTo("ready\nbytes " + sent.length + "\n");
    }

    private static int run(Folder folder, String in, String out, String script, String... arguments) throws Exception {
        Files.writeString(folder.of(script), MemoryAhead.text(script));
        List<String> command = new ArrayList<>(List.of("perl", script));
        Collections.addAll(command, arguments);
        return new ProcessBuilder(command)
                .directory(folder.of("").toFile())
                .redirectInput(folder.of(in).toFile())
                .redirectOutput(folder.of(out).toFile())
                .redirectError(folder.of("complaint").toFile())
                .start()
                .waitFor();
    }

    private static byte[] page(Random random) {
        return random.nextInt(10) == 0 ? new byte[PAGE] : bytes(random, PAGE);
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void change(List<byte[]> pages, Random random) {
        int at = random.nextInt(pages.size() + 1);
        int end = Math.min(pages.size(), at + random.nextInt(60));
        switch (random.nextInt(5)) {
            case 0 -> pages.addAll(at, List.of(page(random), page(random), page(random)));
            case 1 -> pages.subList(at, end).clear();
            case 2 -> pages.subList(at, end).replaceAll(old -> page(random));
            case 3 -> Collections.rotate(pages.subList(0, end), 7);
            default -> Collections.reverse(pages);
        }
    }

    private static byte[] join(List<byte[]> pages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pages.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** POSIX tar, as Podman writes it: with an extended header before each member, or without. */
    private static byte[] tar(Map<String, byte[]> members, boolean extended) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        members.forEach((name, content) -> {
            if (extended) {
                entry(
                        out,
                        "PaxHeaders.0/x",
                        'x',
                        "30 mtime=1763600000.123456789\n".getBytes(StandardCharsets.US_ASCII));
            }
            entry(out, name, '0', content);
        });
        out.writeBytes(new byte[10 * BLOCK]);
        return out.toByteArray();
    }

    private static void entry(ByteArrayOutputStream out, String name, char type, byte[] content) {
        byte[] header = new byte[BLOCK];
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, 0, text.length);
        byte[] size = String.format(Locale.ROOT, "%011o", content.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, header, 124, size.length);
        header[156] = (byte) type;
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static Map<String, byte[]> untar(byte[] archive) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        int at = 0;
        while (at < archive.length && archive[at] != 0) {
            String name = new String(archive, at, 100, StandardCharsets.US_ASCII).replace("\0", "");
            int size = Integer.parseInt(new String(archive, at + 124, 11, StandardCharsets.US_ASCII), 8);
            at += BLOCK;
            if (!name.startsWith("PaxHeaders")) {
                members.put(name, java.util.Arrays.copyOfRange(archive, at, at + size));
            }
            at += (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        return members;
    }

    /** A directory that goes away. */
    private static final class Folder implements AutoCloseable {
        private final Path path;

        Folder() throws IOException {
            path = Files.createTempDirectory("archive-scripts");
            Files.createDirectory(path.resolve("memory"));
        }

        Path of(String name) {
            return path.resolve(name);
        }

        @Override
        public void close() throws IOException {
            try (var files = Files.walk(path)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
