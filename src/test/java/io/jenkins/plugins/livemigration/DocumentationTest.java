package io.jenkins.plugins.livemigration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages of the documentation point to is there: files, classes, headings. */
class DocumentationTest {
    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final Path STATISTICS =
            HOME.resolve("src/main/java/io/jenkins/plugins/livemigration/engine/verdict/statistics");

    private static final Pattern FENCE = Pattern.compile("(?ms)^(```|~~~).*?^\\1");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");
    private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z+.-]*:.*");

    @Test
    void everyLinkLeadsToAFileAndAHeadingThatAreThere() {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            Matcher link = LINK.matcher(prose(page));
            while (link.find()) {
                String target = link.group(1);
                if (!SCHEME.matcher(target).matches()) {
                    links++;
                    if (!leadsSomewhere(page, target)) {
                        broken.add(HOME.relativize(page) + ": " + target);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).as("links that were followed").isGreaterThan(100);
    }

    /** The name that a link shows is the name of the class that it leads to. */
    @Test
    void aLinkThatIsCalledLikeAClassLeadsToThatClass() {
        Pattern named = Pattern.compile("\\[`([A-Z]\\w+)`]\\(([^)\\s]+\\.java)\\)");
        List<String> wrong = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = named.matcher(text(page));
            while (link.find()) {
                if (!link.group(2).endsWith("/" + link.group(1) + ".java")) {
                    wrong.add(HOME.relativize(page) + ": " + link.group());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** A formula that the page about the verdict does not derive is one that nobody can check. */
    @Test
    void everyStatisticIsDerivedOnThePageAboutTheVerdict() throws IOException {
        String page = text(HOME.resolve("docs/verdict.md"));
        String derived = page.substring(page.indexOf("\n## The formulas\n"));
        try (Stream<Path> classes = Files.list(STATISTICS)) {
            assertThat(classes.map(Path::getFileName)
                            .map(Path::toString)
                            .filter(name -> !name.equals("package-info.java")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(derived).contains("/statistics/" + name + ")"));
        }
    }

    /** The source of a formula: an author and a year, or a section. */
    @Test
    void everyStatisticNamesItsSource() throws IOException {
        Pattern source = Pattern.compile("\\(?\\b(1[89]|20)\\d\\d\\b|\\b\\d\\.\\d");
        try (Stream<Path> classes = Files.list(STATISTICS)) {
            assertThat(classes.filter(file -> !file.endsWith("package-info.java")))
                    .isNotEmpty()
                    .allSatisfy(file -> {
                        String code = text(file);
                        int javadoc = code.indexOf("/**");
                        assertThat(code.substring(javadoc, code.indexOf("*/", javadoc)))
                                .as(file.toString())
                                .containsPattern(source);
                    });
        }
    }

    private static boolean leadsSomewhere(Path page, String target) {
        int hash = target.indexOf('#');
        String path = URLDecoder.decode(hash < 0 ? target : target.substring(0, hash), StandardCharsets.UTF_8);
        Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        if (!Files.exists(file)) {
            return false;
        }
        return hash < 0 || !file.toString().endsWith(".md") || anchors(file).contains(target.substring(hash + 1));
    }

    /** As GitHub makes them of headings: in small letters, without punctuation, a hyphen for a space, numbered if repeated. */
    private static Set<String> anchors(Path page) {
        Set<String> anchors = new LinkedHashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        Matcher heading = HEADING.matcher(FENCE.matcher(text(page)).replaceAll(""));
        while (heading.find()) {
            String words = heading.group(1).replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1");
            String anchor = words.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    /** Without what is code. The name that a link shows may be code. */
    private static String prose(Path page) {
        String text = FENCE.matcher(text(page)).replaceAll("");
        return CODE.matcher(text).replaceAll("code");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> pages() {
        List<Path> pages = new ArrayList<>(
                Stream.of("README.md", "lab/README.md").map(HOME::resolve).toList());
        try (Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return pages;
    }
}
