package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A task's name in a Proxmox VE cluster (PVE/UPID.pm of pve-common).
 *
 * @param text the whole of it
 * @param node on which the task runs or ran
 * @param started to the whole second, by the node's clock
 * @param type {@code qmigrate}, {@code hamigrate}, {@code vzmigrate}, ...
 * @param guest the guest's number; empty for tasks that belong to none
 * @param user user or token that owns it
 */
public record Upid(String text, String node, Instant started, String type, String guest, String user) {
    private static final Pattern PATTERN =
            Pattern.compile("UPID:([a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?):[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:"
                    + "([0-9A-Fa-f]{8}):([^:\\s/]+):([^:\\s/]*):([^:\\s/]+):");

    /** Reads it; empty if the text is none. */
    public static Optional<Upid> parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        return matcher.matches()
                ? Optional.of(new Upid(
                        text,
                        matcher.group(1),
                        Instant.ofEpochSecond(Long.parseLong(matcher.group(2), 16)),
                        matcher.group(3),
                        matcher.group(4),
                        matcher.group(5)))
                : Optional.empty();
    }
}
