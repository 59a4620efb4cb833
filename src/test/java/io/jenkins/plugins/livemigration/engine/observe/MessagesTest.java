package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Path HOME = Path.of(System.getProperty("lmb.home", "."));
    private static final String PACKAGE = "io/jenkins/plugins/livemigration/engine/observe";
    private static final Pattern USE = Pattern.compile("\"observe\\.([A-Za-z]+)\"");

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        assertThat(bundle("Messages_id.properties").stringPropertyNames())
                .isEqualTo(bundle("Messages.properties").stringPropertyNames());
    }

    @Test
    void everyKeyIsUsedAndEveryUseHasItsKey() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(HOME.resolve("src/main/java").resolve(PACKAGE))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Matcher uses = USE.matcher(Files.readString(source));
                while (uses.find()) {
                    used.add(uses.group(1));
                }
            }
        }
        assertThat(new TreeSet<>(bundle("Messages.properties").stringPropertyNames()))
                .isEqualTo(used);
    }

    private static Properties bundle(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(
                HOME.resolve("src/main/resources").resolve(PACKAGE).resolve(name))) {
            properties.load(reader);
        }
        return properties;
    }
}
