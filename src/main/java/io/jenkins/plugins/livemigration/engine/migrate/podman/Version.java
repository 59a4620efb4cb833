package io.jenkins.plugins.livemigration.engine.migrate.podman;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version number, as far as it consists of numbers: {@code 5.4.2-dev} is 5.4.2. */
record Version(int major, int minor) implements Comparable<Version> {
    private static final Pattern LEADING = Pattern.compile("(\\d{1,6})(?:\\.(\\d{1,6}))?.*");

    /** The first two numbers of a text; 0.0 if it has none. */
    static Version of(String text) {
        Matcher matcher = LEADING.matcher(text.strip());
        if (!matcher.matches()) {
            return new Version(0, 0);
        }
        int[] parts = Arrays.stream(new String[] {matcher.group(1), matcher.group(2)})
                .mapToInt(part -> part == null ? 0 : Integer.parseInt(part))
                .toArray();
        return new Version(parts[0], parts[1]);
    }

    @Override
    public int compareTo(Version other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }
}
