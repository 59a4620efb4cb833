package io.jenkins.plugins.livemigration.engine.remote;

import java.util.Map;

/** Signals by the names of RFC 4254, section 6.10, with Linux's numbers. */
final class Signals {
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("ILL", 4),
            Map.entry("ABRT", 6),
            Map.entry("FPE", 8),
            Map.entry("KILL", 9),
            Map.entry("USR1", 10),
            Map.entry("SEGV", 11),
            Map.entry("USR2", 12),
            Map.entry("PIPE", 13),
            Map.entry("ALRM", 14),
            Map.entry("TERM", 15));

    private Signals() {}

    /** The signal's number; 127 for one that is not in the RFC, which gives 255 as an exit code. */
    static int number(String name) {
        return NUMBERS.getOrDefault(name, 127);
    }
}
