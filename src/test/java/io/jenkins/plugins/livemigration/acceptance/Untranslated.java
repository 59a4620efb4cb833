package io.jenkins.plugins.livemigration.acceptance;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds English in a page that should be Indonesian: lines that are a text of our bundles which that language has otherwise. */
final class Untranslated {
    private static final Path BUNDLES = Path.of("src", "main", "resources");
    private static final String INDONESIAN = "_id.properties";
    /** Shorter ones are words that both languages, or names, may have. */
    private static final int SHORTEST = 6;

    private final List<Pattern> english = new ArrayList<>();

    Untranslated() throws IOException {
        List<Path> bundles;
        try (Stream<Path> files = Files.walk(BUNDLES)) {
            bundles = files.filter(file -> file.toString().endsWith(INDONESIAN)).toList();
        }
        List<String> texts = new ArrayList<>();
        StringBuilder indonesian = new StringBuilder();
        for (Path bundle : bundles) {
            Properties theirs = load(bundle);
            Properties ours = load(Path.of(bundle.toString().replace(INDONESIAN, ".properties")));
            ours.stringPropertyNames().forEach(key -> {
                texts.add(ours.getProperty(key));
                indonesian.append(theirs.getProperty(key, "")).append('\n');
            });
        }
        texts.stream()
                .filter(text -> !text.contains(",choice") && indonesian.indexOf(text) < 0)
                .filter(text -> text.replaceAll("\\{[0-9]}", "").strip().length() >= SHORTEST)
                .forEach(text -> english.add(
                        Pattern.compile(Arrays.stream(text.replace("''", "'").split("\\{[0-9]}", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*")))));
    }

    /** The lines of a page's text that are English. */
    List<String> in(String page) {
        return page.lines()
                .map(String::strip)
                .filter(line ->
                        english.stream().anyMatch(text -> text.matcher(line).matches()))
                .distinct()
                .toList();
    }

    private static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
