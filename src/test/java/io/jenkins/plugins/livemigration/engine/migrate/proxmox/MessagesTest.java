package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.text.BundleCheck;
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
    private static final Path SOURCES =
            Path.of("src/main/java/io/jenkins/plugins/livemigration/engine/migrate/proxmox");
    private static final Path BUNDLE =
            Path.of("src/main/resources/io/jenkins/plugins/livemigration/engine/migrate/proxmox/Messages.properties");
    private static final Pattern FINDING =
            Pattern.compile("findings\\s*\\.(?:error|warning|ok|notSupported)\\([^;]*?\"([a-z][A-Za-z]+)\"\\s*[,)]");

    private final BundleCheck bundles = new BundleCheck("migrate/proxmox");

    @Test
    void bothLanguagesHaveTheSameKeysAndArguments() throws IOException {
        bundles.languagesAgree();
    }

    @Test
    void everyKeyIsThereAndIsUsed() throws IOException {
        bundles.keysAndSourcesAgree(Pattern.compile("\"migrate/proxmox\\.([A-Za-z.]+)\""));
    }

    @Test
    void everyFindingHasItsProblemAndItsRemedyAndNoneIsLeftOver() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher matcher = FINDING.matcher(Files.readString(file));
                while (matcher.find()) {
                    used.add("preflight." + matcher.group(1));
                    used.add("preflight." + matcher.group(1) + ".remedy");
                }
            }
        }
        Properties bundle = new Properties();
        try (Reader in = Files.newBufferedReader(BUNDLE)) {
            bundle.load(in);
        }
        Set<String> known = new TreeSet<>(bundle.stringPropertyNames());
        known.removeIf(key -> !key.startsWith("preflight."));
        assertThat(used).hasSizeGreaterThan(20).isEqualTo(known);
    }
}
