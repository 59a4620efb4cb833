package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

/**
 * The frame of every script that changes something on a host. POSIX sh, plus {@code flock} of util-linux.
 *
 * <p>Each such script holds the workload's lock on that host while it runs, and does nothing unless the fence there
 * carries its migration's token. Whoever recovers takes the lock (so it waits for a step that still runs there, though
 * its engine is long dead) and puts a token of its own on the fence (so a late step of the dead engine does nothing).
 */
final class Scripts {
    /** There is no control directory: nothing was prepared here, or the host was rebooted. */
    static final int NOT_PREPARED = 74;
    /** Another step still holds the lock. */
    static final int BUSY = 75;
    /** Somebody else took the workload over; this migration must not touch it any more. */
    static final int TAKEN_OVER = 76;
    /** An earlier migration is unfinished. */
    static final int UNFINISHED = 77;

    /** Long enough for any step to end, so that a recovery rarely gives up; a lock dies with its holder. */
    static final int LOCK_WAIT_SECONDS = 60;

    private Scripts() {}

    /** A whole script as one command, whatever the login shell is. */
    static String command(String script) {
        return "LC_ALL=C exec sh -c " + quote(script);
    }

    /** The script's first lines: lock and fence. Descriptor 9 is the lock; what outlives the script must close it. */
    static String guarded(WorkloadNames names, String token, String body) {
        return """
                umask 077
                cd %s 2>/dev/null || { echo 'not prepared' >&2; exit %s; }
                exec 9>lock
                flock -w %s 9 || { echo 'another step of this workload still runs here' >&2; exit %s; }
                fence=
                [ ! -e fence ] || read -r fence < fence
                [ "$fence" = %s ] || { echo 'taken over by somebody else' >&2; exit %s; }
                %s
                """.formatted(
                quote(names.directory()), NOT_PREPARED, LOCK_WAIT_SECONDS, BUSY, quote(token), TAKEN_OVER, body);
    }

    /** Like {@link #guarded}, but puts the token on the fence instead of asking for it. */
    static String takingOver(WorkloadNames names, String token, String body) {
        return """
                umask 077
                mkdir -p %1$s && cd %1$s || exit %2$s
                exec 9>lock
                flock -w %3$s 9 || { echo 'another step of this workload still runs here' >&2; exit %4$s; }
                echo %5$s > fence
                %6$s
                """.formatted(quote(names.directory()), NOT_PREPARED, LOCK_WAIT_SECONDS, BUSY, quote(token), body);
    }

    /** Appends a stage to the record; one short append is never torn. */
    static String stage(Stage stage) {
        return "echo " + stage.word() + " >> stages";
    }
}
