package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** A directory that goes away, in which the driver's own scripts work on archives, in real Perl. */
final class ArchiveFolder implements AutoCloseable {
    static final int PAGE = 4096;
    static final int BLOCK = 512;
    /** In place of a member's content: it is a link. */
    static final byte[] LINK = new byte[0];

    private final Path path;

    ArchiveFolder() throws IOException {
        path = Files.createTempDirectory("archive-scripts");
        Files.createDirectory(path.resolve("memory"));
        Files.createDirectory(path.resolve("beside"));
    }

    /** Skips the test on a machine without Perl. */
    static void needsPerl() {
        assumeTrue(
                List.of("/usr/bin/perl", "/bin/perl", "/usr/local/bin/perl").stream()
                        .anyMatch(perl -> Files.isExecutable(Path.of(perl))),
                "no Perl on this machine");
    }

    Path of(String name) {
        return path.resolve(name);
    }

    /** What the source sends of an archive; the pages beside it, if any, are in {@code beside}. */
    byte[] sent(byte[] seed, byte[] archive) throws Exception {
        Files.write(of("archive"), archive);
        assertThat(run("archive", "sent", "archive-send.pl", seed(seed), "ended", "beside"))
                .as(complaint())
                .isZero();
        return Files.readAllBytes(of("sent"));
    }

    /** Starts the source's script; its input is the archive, to be written when it is time. */
    Process sending(byte[] seed) throws Exception {
        return builder("archive-send.pl", seed(seed), "ended", "beside")
                .redirectOutput(of("sent").toFile())
                .start();
    }

    private String seed(byte[] seed) throws IOException {
        Files.write(of("source.seed"), seed);
        return seed.length == 0 ? "" : "source.seed";
    }

    /** Lets the destination put together what was sent, in {@code out.tar} and {@code memory}. */
    void receive(byte[] sent, String memory) throws Exception {
        Files.write(of("sent"), sent);
        assertThat(run("sent", "answer", "archive-receive.pl", "out.tar", memory))
                .as(complaint())
                .isZero();
        assertThat(Files.readString(of("answer"))).isEqualTo("ready\nbytes " + sent.length + "\n");
    }

    /** As {@link #receive}, with a seed; what is in the archive and what became memory, by name. */
    Map<String, byte[]> rebuilt(byte[] seed, byte[] sent) throws Exception {
        Files.write(of("memory/seed"), seed);
        receive(sent, "memory");
        Map<String, byte[]> members = untar(Files.readAllBytes(of("out.tar")));
        try (var files = Files.list(of("memory"))) {
            for (Path file : files.toList()) {
                String name = "checkpoint/" + file.getFileName();
                if (name.endsWith(".img")) {
                    assertThat(members).doesNotContainKey(name);
                    members.put(name, Files.readAllBytes(file));
                }
            }
        }
        return members;
    }

    /** Runs a script; its status. */
    int run(String in, String out, String script, String... arguments) throws Exception {
        return builder(script, arguments)
                .redirectInput(of(in).toFile())
                .redirectOutput(of(out).toFile())
                .start()
                .waitFor();
    }

    private ProcessBuilder builder(String script, String... arguments) throws IOException {
        Files.writeString(of(script), MemoryAhead.text(script));
        List<String> command = new ArrayList<>(List.of("perl", script));
        Collections.addAll(command, arguments);
        return new ProcessBuilder(command)
                .directory(path.toFile())
                .redirectError(of("complaint").toFile());
    }

    /** What the script complained of. */
    String complaint() throws IOException {
        return Files.readString(of("complaint"));
    }

    static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** POSIX tar, as Podman writes it: with an extended header before each member, or without. */
    static byte[] tar(Map<String, byte[]> members, boolean extended) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        members.forEach((name, content) -> {
            if (extended) {
                entry(
                        out,
                        "PaxHeaders.0/x",
                        'x',
                        "30 mtime=1763600000.123456789\n".getBytes(StandardCharsets.US_ASCII));
            }
            entry(out, name, content == LINK ? '2' : '0', content);
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
                assertThat(members.put(name, Arrays.copyOfRange(archive, at, at + size)))
                        .as("a second " + name)
                        .isNull();
            }
            at += (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        return members;
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
