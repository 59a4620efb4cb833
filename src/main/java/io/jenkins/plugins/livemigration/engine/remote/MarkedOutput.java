package io.jenkins.plugins.livemigration.engine.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One output stream of a remote shell: what comes before the shell's mark (greetings of start-up files) is set aside, the
 * mark tells the shell's process id and that the command begins, what follows is the command's.
 */
final class MarkedOutput extends OutputStream {
    static final String MARK = "lmb-begins:";
    private static final Pattern MARK_LINE = Pattern.compile("(?:^|\n)" + MARK + "(\\d{1,18})\n");
    /** Of longer greetings only the end is kept, in which the mark will be. */
    private static final int MAX_PREAMBLE = 1 << 16;

    private final ByteArrayOutputStream preamble = new ByteArrayOutputStream();
    private OutputStream sink = OutputStream.nullOutputStream();
    private OptionalLong pid = OptionalLong.empty();
    private Runnable onMark = () -> {};
    private Runnable onClose = () -> {};

    /** Where the command's output goes, and what to do when it begins. To be called before the command is sent. */
    synchronized void expect(OutputStream commandOutput, Runnable whenItBegins) {
        preamble.reset();
        sink = commandOutput;
        onMark = whenItBegins;
    }

    synchronized void onClose(Runnable action) {
        onClose = action;
    }

    /** The shell's process id, once the command has begun. */
    synchronized OptionalLong pid() {
        return pid;
    }

    /** What came before the mark. */
    synchronized String preamble() {
        return preamble.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        OutputStream target;
        Runnable begun = () -> {};
        byte[] rest = bytes;
        int from = offset;
        int count = length;
        synchronized (this) {
            if (pid.isEmpty()) {
                preamble.write(bytes, offset, length);
                // one char per byte, so that indexes are those of the bytes
                Matcher mark = MARK_LINE.matcher(preamble.toString(StandardCharsets.ISO_8859_1));
                if (!mark.find()) {
                    shortenPreamble();
                    return;
                }
                pid = OptionalLong.of(Long.parseLong(mark.group(1)));
                begun = onMark;
                rest = preamble.toByteArray();
                from = mark.end();
                count = rest.length - from;
                preamble.reset();
                preamble.write(rest, 0, mark.start());
            }
            target = sink;
        }
        begun.run();
        if (count > 0) {
            // outside the lock: a consumer that lags behind must not block who asks for the pid
            target.write(rest, from, count);
        }
    }

    private void shortenPreamble() {
        if (preamble.size() > MAX_PREAMBLE) {
            byte[] all = preamble.toByteArray();
            preamble.reset();
            preamble.write(all, all.length - MAX_PREAMBLE / 2, MAX_PREAMBLE / 2);
        }
    }

    @Override
    public void close() {
        Runnable action;
        synchronized (this) {
            action = onClose;
        }
        action.run();
    }
}
