package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import java.time.Duration;

/**
 * The word with which the source hands over to the destination, without a detour through the engine: a stream of its own
 * between the two, which the source opens before anything stops. Its receiver holds a lock file from then until it ends;
 * the destination's script waits for that lock, which the kernel frees whatever becomes of the receiver. If it left the word
 * behind, the source has handed over, and has noted that before; if not, nothing happens.
 *
 * <p>Waiting takes nothing that a recovery needs: the workload's lock and fence are asked for afterwards. File names begin with
 * a dot, as no container's does.
 */
final class Handover {
    /** Nothing was handed over. */
    static final int NOTHING = 82;

    private static final String PIPE = ".handover";
    private static final String ANSWER = PIPE + ".answer";
    /** What the sending of the word complained of, in the source's staging directory. */
    static final String COMPLAINT = PIPE + ".sending";

    private static final String ENDED = PIPE + ".ended";
    private static final String LOCK = ".arriving";
    private static final String WORD = ".go";

    private Handover() {}

    /** Source, when preparing, in the staging directory. */
    static String makePipe() {
        return "mkfifo " + PIPE + " || exit 70\n";
    }

    /** Source, in the staging directory: opens the stream on descriptor 6; its status is 0 when the receiver listens. */
    static String open(Move move) {
        String receive =
                Scripts.command("exec 8>%1$s && flock 8 && echo ready && read -r word && [ \"$word\" = go ] && : > %2$s"
                        .formatted(quote(move.staged(LOCK)), quote(move.staged(WORD))));
        return """
                {
                exec 6<>%1$s
                { %2$s 6>&- 9>&- > %3$s 2> %4$s; : > %5$s; } < %1$s 6>&- 9>&- &
                while [ ! -s %3$s ] && [ ! -e %5$s ]; do sleep 0.005; done
                [ -s %3$s ]
                }""".formatted(PIPE, move.link().ssh(receive), ANSWER, COMPLAINT, ENDED);
    }

    /** Source: says the word. */
    static String give() {
        return "echo go >&6";
    }

    /** Source: ends the stream; without the word, that says that nothing comes. */
    static String close() {
        return "exec 6>&-";
    }

    /** Destination: waits for the end of the stream, and goes on only if the word was said. Needs no lock. */
    static String await(String staging, Duration longest) {
        return """
                exec 8>>%1$s || exit 70
                flock -w %2$s 8 || { echo 'the source does not end' >&2; exit %3$s; }
                exec 8>&-
                [ -e %4$s ] || { echo 'nothing was handed over' >&2; exit %3$s; }
                """.formatted(quote(staging + "/" + LOCK), longest.toSeconds(), NOTHING, quote(staging + "/" + WORD));
    }
}
