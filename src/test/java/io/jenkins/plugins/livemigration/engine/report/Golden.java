package io.jenkins.plugins.livemigration.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares text with a file under version control. After a wanted change, run the tests with {@code -Dgolden.update} and
 * read the difference before it is committed.
 */
final class Golden {
    private static final Path FOLDER =
            Path.of("src/test/resources/io/jenkins/plugins/livemigration/engine/report/golden");

    private Golden() {}

    static Path file(String name) {
        return FOLDER.resolve(name);
    }

    static void check(String name, String text) {
        Path file = FOLDER.resolve(name);
        try {
            if (System.getProperty("golden.update") != null) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, text);
            }
            assertThat(text).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
