package io.jenkins.plugins.livemigration.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a process wrote with {@code java.util.logging}, started with {@link #FORMAT}. */
final class JavaLog {
    /** The option for a record's first line: time, level, where it comes from, message; its stack trace follows. */
    static final String FORMAT = "-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT %4$s %2$s: %5$s%6$s%n";

    private static final Pattern FIRST = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d [A-Z]+ .*");
    private static final Pattern GRAVE = Pattern.compile("\\S+ (WARNING|SEVERE) .*", Pattern.DOTALL);
    private static final Pattern OURS = Pattern.compile("live-?migration", Pattern.CASE_INSENSITIVE);

    private final Path file;

    JavaLog(Path file) {
        this.file = file;
    }

    /** Warnings and worse that come from our code, or name it anywhere in their text or stack trace. */
    List<String> complaints() throws IOException {
        return records().stream()
                .filter(text -> GRAVE.matcher(text).matches())
                .filter(text -> OURS.matcher(text).find())
                .toList();
    }

    private List<String> records() throws IOException {
        List<String> records = new ArrayList<>();
        StringBuilder now = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            if (FIRST.matcher(line).matches()) {
                records.add(now.toString());
                now.setLength(0);
            }
            now.append(line).append('\n');
        }
        records.add(now.toString());
        return records;
    }
}
