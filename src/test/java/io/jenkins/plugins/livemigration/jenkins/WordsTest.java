package io.jenkins.plugins.livemigration.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final Path SOURCES = Path.of("src/main/java/io/jenkins/plugins/livemigration/jenkins");
    private static final Path TEXTS = Path.of("src/main/resources/io/jenkins/plugins/livemigration/jenkins");
    private static final Pattern USE = Pattern.compile("Words\\.text\\(\\s*\"([A-Za-z.]+[A-Za-z])\"");

    @Test
    void bothLanguagesHaveEveryTextThatIsUsed() throws IOException {
        Set<String> english = keys("Messages.properties");
        assertThat(keys("Messages_id.properties")).isEqualTo(english);
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher matcher = USE.matcher(Files.readString(file));
                while (matcher.find()) {
                    used.add(matcher.group(1));
                }
            }
        }
        assertThat(english).containsAll(used);
    }

    @Test
    void showsNumbersAsTheyAre() {
        assertThat(Words.text(Locale.ENGLISH, "step.started", "web", "lab", 123456L))
                .contains("123456");
        assertThat(Words.text(Locale.forLanguageTag("id"), "lab")).isEqualTo("Lab migrasi");
        assertThat(Words.text(Locale.GERMAN, "lab")).isEqualTo("Migration lab");
    }

    private static Set<String> keys(String file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(TEXTS.resolve(file))) {
            properties.load(reader);
        }
        return properties.stringPropertyNames();
    }
}
