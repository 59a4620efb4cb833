package io.jenkins.plugins.livemigration.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks a package's message bundles against each other and against the sources that use them. */
public final class BundleCheck {
    private static final Path SOURCES = Path.of("src/main/java/io/jenkins/plugins/livemigration/engine");
    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/livemigration/engine");

    private static final Pattern FINDING =
            Pattern.compile("findings\\s*\\.(?:error|warning|ok|notSupported)\\([^;]*?\"([a-z][A-Za-z]+)\"\\s*[,)]");

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)[,}]");

    private final String name;

    /** Of the package {@code name} below {@code engine}. */
    public BundleCheck(String name) {
        this.name = name;
    }

    /** Both languages have the same keys, with patterns that take the same arguments. */
    public void languagesAgree() throws IOException {
        Properties english = bundle("Messages.properties");
        Properties indonesian = bundle("Messages_id.properties");

        assertThat(indonesian.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(arguments(indonesian.getProperty(key)))
                    .as("arguments of %s", key)
                    .isEqualTo(arguments(english.getProperty(key)));
        }
    }

    /**
     * Every key that the sources name exists, and every key that exists is named.
     *
     * @param used finds keys in source text, as its first group; a key that ends with a dot stands for all that begin so
     */
    public void keysAndSourcesAgree(Pattern used) throws IOException {
        Set<String> keys = bundle("Messages.properties").stringPropertyNames();
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES.resolve(name))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = used.matcher(Files.readString(file));
                while (matcher.find()) {
                    named.add(matcher.group(1));
                }
            }
        }
        assertThat(named).as("keys that the sources name").isNotEmpty();
        assertThat(named.stream().filter(key -> keys.stream().noneMatch(known -> matches(key, known))))
                .as("keys that the sources name and the bundle lacks")
                .isEmpty();
        assertThat(keys.stream().filter(known -> named.stream().noneMatch(key -> matches(key, known))))
                .as("keys of the bundle that no source names")
                .isEmpty();
    }

    /** Every finding of a preflight has its problem and its remedy, and none is left over. */
    public void findingsAgree() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.list(SOURCES.resolve(name))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher matcher = FINDING.matcher(Files.readString(file));
                while (matcher.find()) {
                    used.add("preflight." + matcher.group(1));
                    used.add("preflight." + matcher.group(1) + ".remedy");
                }
            }
        }
        Set<String> known = new TreeSet<>(bundle("Messages.properties").stringPropertyNames());
        known.removeIf(key -> !key.startsWith("preflight."));
        assertThat(used).hasSizeGreaterThan(20).isEqualTo(known);
    }

    /** Which arguments a pattern takes, also within a choice. */
    private static Set<String> arguments(String pattern) {
        assertThat(new MessageFormat(pattern, Locale.ROOT).toPattern()).isNotNull();
        return ARGUMENT.matcher(pattern)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean matches(String key, String known) {
        return key.endsWith(".") ? known.startsWith(key) : known.equals(key);
    }

    private Properties bundle(String file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(RESOURCES.resolve(name).resolve(file))) {
            properties.load(in);
        }
        return properties;
    }
}
