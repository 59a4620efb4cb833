package io.jenkins.plugins.livemigration.engine.remote;

/** What became of a command. */
public sealed interface CommandResult {

    /**
     * It ended.
     *
     * @param startNanos {@link System#nanoTime()} just before it was sent
     * @param endNanos {@link System#nanoTime()} when its end was known
     */
    record Ended(int exitCode, String output, String error, long startNanos, long endNanos) implements CommandResult {}

    /**
     * Its end is not known: the connection dropped, or the time was over. The command may have had its effect, may still
     * have it, or never will.
     *
     * @param sent whether the command may have reached the host at all
     * @param why in a word or two, for people
     */
    record Lost(boolean sent, String why, String output, String error) implements CommandResult {}

    /** Whether it ended with exit code 0. */
    default boolean ok() {
        return this instanceof Ended ended && ended.exitCode() == 0;
    }

    /** Standard output, as far as it was received. */
    default String out() {
        return this instanceof Ended ended ? ended.output() : ((Lost) this).output();
    }

    /** What went wrong, in one line: the last line of standard error, or why the command was lost. */
    default String complaint() {
        if (this instanceof Lost lost) {
            return lost.why();
        }
        Ended ended = (Ended) this;
        String text = (ended.error().isBlank() ? ended.output() : ended.error()).strip();
        String lastLine = text.substring(text.lastIndexOf('\n') + 1);
        return lastLine.isEmpty() ? "exit code " + ended.exitCode() : lastLine;
    }
}
