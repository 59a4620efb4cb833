package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a node's manager: {@code 8.4.1}. */
record PveVersion(int major, int minor, String text) implements Comparable<PveVersion> {
    private static final Pattern PATTERN = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})(?:[.-].*)?");

    /** The oldest that this driver is written for. */
    static final PveVersion OLDEST = new PveVersion(7, 4, "7.4");

    static Optional<PveVersion> parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new PveVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), text))
                : Optional.empty();
    }

    /** Of a node, which need not be the one that answers. */
    static Optional<PveVersion> of(PveQuestions api, String node) throws InterruptedException {
        return parse(api.get("/nodes/" + PveApi.encode(node) + "/version")
                .content()
                .path("version")
                .asText());
    }

    @Override
    public int compareTo(PveVersion other) {
        return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PveVersion version && version.major == major && version.minor == minor;
    }

    @Override
    public int hashCode() {
        return major * 1000 + minor;
    }
}
