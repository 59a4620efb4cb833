package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.history.PastRuns;
import io.jenkins.plugins.livemigration.engine.journal.Journal;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The folder that a run writes to. {@code journal.jsonl} and {@code probes/} are written while it runs; everything else
 * in it is derived from these and can be made anew.
 */
public record RunFolder(Path path, String runId) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Makes a new folder below {@code parent}, which is made too.
     *
     * @throws IOException if that is not possible; the message names the path
     */
    public static RunFolder create(Path parent, String benchmark) throws IOException {
        Files.createDirectories(parent);
        for (int attempt = 0; ; attempt++) {
            String id = newId();
            String slug = PastRuns.slug(benchmark);
            String name = id + (slug.isEmpty() ? "" : "-" + slug);
            try {
                Path folder = Files.createDirectory(parent.resolve(name));
                Files.createDirectory(folder.resolve("probes"));
                return new RunFolder(folder, id);
            } catch (FileAlreadyExistsException taken) {
                if (attempt == 9) {
                    throw taken;
                }
            }
        }
    }

    /**
     * Uses a folder that the caller chose.
     *
     * @throws IOException if it cannot be made, or holds a run already
     */
    public static RunFolder at(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("probes"));
        if (Files.exists(folder.resolve(Journal.FILE))) {
            throw new FileAlreadyExistsException(folder + " holds a run already");
        }
        return new RunFolder(folder, newId());
    }

    private static String newId() {
        return STAMP.format(Instant.now()) + String.format(Locale.ROOT, "-%04x", RANDOM.nextInt(0x10000));
    }

    /** Where the probes' side files are. */
    public Path probes() {
        return path.resolve("probes");
    }
}
