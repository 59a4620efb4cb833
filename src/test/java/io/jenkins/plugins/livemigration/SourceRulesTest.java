package io.jenkins.plugins.livemigration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of the house that show only in the source text. */
class SourceRulesTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path RESOURCES = Path.of("src", "main", "resources");

    /** The two ways to put an apostrophe into a word in apostrophes, as they look in Java source. */
    private static final List<String> QUOTING_TRICKS = List.of("'\\\\''", "'\\\"'\\\"'");

    private static final List<String> TEXT_ENDINGS =
            List.of(".java", ".properties", ".json", ".yaml", ".jelly", ".html", ".css", ".js", ".svg", ".xml");

    @Test
    void shellQuotingIsWrittenInOnePlace() throws IOException {
        assertThat(filesBelow(SOURCES))
                .filteredOn(file -> QUOTING_TRICKS.stream().anyMatch(read(file)::contains))
                .allSatisfy(file -> assertThat(file).hasFileName("ShellWords.java"));
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        assertThat(filesBelow(Path.of("src", "main")))
                .filteredOn(SourceRulesTest::isText)
                .allSatisfy(file -> assertThat(read(file)).doesNotContainPattern("\\b(TODO|FIXME)\\b"));
    }

    @Test
    void everyTextHasItsIndonesianTwin() throws IOException {
        assertThat(filesBelow(RESOURCES))
                .filteredOn(file -> file.endsWith("Messages.properties"))
                .allSatisfy(file -> assertThat(List.of("Messages_in.properties", "Messages_id.properties"))
                        .anySatisfy(
                                twin -> assertThat(file.resolveSibling(twin)).exists()));
    }

    private static boolean isText(Path file) {
        String name = file.toString();
        return TEXT_ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("Cannot read " + file, e);
        }
    }
}
