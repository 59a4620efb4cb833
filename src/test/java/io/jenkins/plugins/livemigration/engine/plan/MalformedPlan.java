package io.jenkins.plugins.livemigration.engine.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The plans under {@code malformed/}. Each says in comments at its top what the JSON Schema makes of it ("rejects",
 * "accepts", where only the parser can know better, or "cannot read it") and, behind arrows, every mistake that the parser
 * has to report, word by word.
 */
record MalformedPlan(String name, String text) {
    private static final String SCHEMA = "# schema: ";
    private static final String MISTAKE = "# -> ";

    static Stream<MalformedPlan> all() throws IOException, URISyntaxException {
        Path folder = Path.of(MalformedPlan.class.getResource("malformed").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(MalformedPlan::read).toList().stream();
        }
    }

    /** Those whose notation is right. */
    static Stream<MalformedPlan> readable() throws IOException, URISyntaxException {
        return all().filter(plan -> !plan.schema().equals("cannot read it"));
    }

    private static MalformedPlan read(Path file) {
        try {
            return new MalformedPlan(file.getFileName().toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What the JSON Schema makes of it. */
    String schema() {
        return behind(SCHEMA).get(0);
    }

    /** What the parser has to report. */
    List<String> mistakes() {
        return behind(MISTAKE);
    }

    private List<String> behind(String mark) {
        return text.lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
