package io.jenkins.plugins.livemigration.engine.migrate.proxmox.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Task logs: of real migrations, from public posts, and below {@code synthetic/} such that were made up. */
public final class RealLogs {
    public static final Path FOLDER =
            Path.of("src/test/resources/io/jenkins/plugins/livemigration/engine/migrate/proxmox/log");

    private RealLogs() {}

    /** The text of the log of that name. */
    public static String text(String name) {
        return resource(name + ".log");
    }

    /** The text of another file beside them. */
    static String resource(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all, relative to the folder. */
    static List<String> names() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.map(file -> FOLDER.relativize(file).toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
