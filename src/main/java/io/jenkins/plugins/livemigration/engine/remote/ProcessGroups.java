package io.jenkins.plugins.livemigration.engine.remote;

import java.time.Duration;

/**
 * Ends a command with all that it started. A command is its own process group: OpenSSH gives every channel a session,
 * and {@link LocalHost} does the same. What a command has made independent of itself (a daemon, a container) is in
 * another session and lives on. Where the command does not lead a group, it is ended alone.
 */
final class ProcessGroups {
    /** For how long a command may tidy up after SIGTERM, before SIGKILL. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private ProcessGroups() {}

    /**
     * The shell command that ends it, in the one form of kill for groups that dash, bash, mksh and BusyBox share; returns when it is gone, or after {@link #GRACE} and a
     * SIGKILL.
     */
    static String kill(long pid) {
        long polls = GRACE.toMillis() / 100;
        return "p=" + pid + "; g=-$p; kill -0 $g 2>/dev/null || g=$p; kill -TERM $g 2>/dev/null; i=0;"
                + " while [ $i -lt " + polls + " ] && kill -0 $g 2>/dev/null; do"
                + " sleep 0.1 2>/dev/null || { sleep 1; i=$((i+9)); }; i=$((i+1)); done;"
                + " kill -KILL $g 2>/dev/null";
    }
}
