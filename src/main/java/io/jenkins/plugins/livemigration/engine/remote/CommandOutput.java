package io.jenkins.plugins.livemigration.engine.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Where the two output streams of one command go. */
final class CommandOutput {
    /** What is kept of each stream of a command whose output is the answer. */
    static final int ANSWER_BYTES = 4 << 20;
    /** What is kept beside the lines that were already handed over, and of the complaints. */
    static final int EXCERPT_BYTES = 1 << 20;

    private final BoundedOutput keptOutput;
    private final BoundedOutput keptError = new BoundedOutput(EXCERPT_BYTES);
    private final Optional<LineDispatcher> lines;

    private CommandOutput(BoundedOutput keptOutput, Optional<LineDispatcher> lines) {
        this.keptOutput = keptOutput;
        this.lines = lines;
    }

    /** Keeps the output for the result. */
    static CommandOutput kept() {
        return new CommandOutput(new BoundedOutput(ANSWER_BYTES), Optional.empty());
    }

    /** Hands the output over line by line, and keeps its beginning and end for the result. */
    static CommandOutput lines(Consumer<String> lines, Executor executor) {
        return new CommandOutput(new BoundedOutput(EXCERPT_BYTES), Optional.of(new LineDispatcher(lines, executor)));
    }

    /** Takes standard output. Writing blocks only while a consumer of lines is far behind. */
    OutputStream output() {
        return lines.<OutputStream>map(dispatcher -> new Both(keptOutput, dispatcher))
                .orElse(keptOutput);
    }

    /** Takes standard error. Writing never blocks. */
    OutputStream error() {
        return keptError;
    }

    String outputText() {
        return keptOutput.text();
    }

    String errorText() {
        return keptError.text();
    }

    /** No more will come. Calls back when the consumer of lines, if any, has had them all, or with what it threw. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callbacks are all there is to it
    void whenFinished(Runnable finished, Consumer<Throwable> failed) {
        if (lines.isEmpty()) {
            finished.run();
            return;
        }
        lines.get().close();
        lines.get().drained().whenComplete((drained, fault) -> {
            if (fault == null) {
                finished.run();
            } else {
                failed.accept(fault);
            }
        });
    }

    /** Writes everything twice. */
    private static final class Both extends OutputStream {
        private final OutputStream first;
        private final OutputStream second;

        Both(OutputStream first, OutputStream second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void write(int b) throws IOException {
            first.write(b);
            second.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            first.write(bytes, offset, length);
            second.write(bytes, offset, length);
        }
    }
}
