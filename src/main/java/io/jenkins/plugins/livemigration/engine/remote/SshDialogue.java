package io.jenkins.plugins.livemigration.engine.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Questions and answers, a line each, with one remote command over one channel. For one thread. */
final class SshDialogue implements AutoCloseable {
    private static final byte[] QUESTION = "\n".getBytes(StandardCharsets.US_ASCII);

    private final ShellChannel shell;
    private final long deadlineNanos;
    private final BlockingQueue<Optional<ClockExchanges.Answer>> answers = new LinkedBlockingQueue<>();

    private SshDialogue(ShellChannel shell, long deadlineNanos) {
        this.shell = shell;
        this.deadlineNanos = deadlineNanos;
    }

    /** @param deadlineNanos of {@link System#nanoTime()}, after which no answer is waited for */
    static SshDialogue open(ShellChannel shell, String command, long deadlineNanos) throws IOException {
        SshDialogue dialogue = new SshDialogue(shell, deadlineNanos);
        shell.whenEnded(end -> dialogue.answers.add(Optional.empty()));
        shell.send(command, dialogue.new Lines(), OutputStream.nullOutputStream(), () -> {});
        return dialogue;
    }

    /**
     * Asks and waits for the next line.
     *
     * @return empty if the command or the time ended
     */
    Optional<ClockExchanges.Answer> ask() throws IOException, InterruptedException {
        shell.standardInput().write(QUESTION);
        shell.standardInput().flush();
        Optional<ClockExchanges.Answer> answer = answers.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        return answer == null ? Optional.empty() : answer;
    }

    /** Ends the command by the end of its input. */
    @Override
    public void close() {
        shell.close();
    }

    /** Stamps each line on the connection's thread, as early as it can be known. */
    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            if (b == '\n') {
                long received = System.nanoTime();
                answers.add(Optional.of(new ClockExchanges.Answer(line.toString(StandardCharsets.US_ASCII), received)));
                line.reset();
            } else {
                line.write(b);
            }
        }
    }
}
