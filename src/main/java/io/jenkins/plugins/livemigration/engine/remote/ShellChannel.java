package io.jenkins.plugins.livemigration.engine.remote;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A channel at whose other end a POSIX shell waits for one command.
 *
 * <p>The command does not travel in the SSH "exec" request but on the shell's standard input, framed by its number of
 * lines; a frame that was cut off is not run. So it is known to the byte when a command was sent, a shell can wait in
 * advance (see {@link SshConnection}), and no login shell ever interprets the command. The shell says on both output
 * streams when the command begins, with its process id, which under OpenSSH is also the id of its process group. What is
 * on standard input after the frame is the command's own.
 */
final class ShellChannel {
    /**
     * What the login shell is asked to run. It contains nothing that the quoting of sh, csh and fish treats differently.
     * TMOUT, where a shell has inherited it, would end the waiting.
     */
    private static final String WAITING_SHELL = "exec env LC_ALL=C sh -c "
            + ShellWords.quote("unset TMOUT; lmb_e=$(printf \"\\012.\"); lmb_c=; IFS= read -r lmb_n || exit 0; "
                    + "while [ \"$lmb_n\" -gt 0 ]; do IFS= read -r lmb_l || exit 125; "
                    + "lmb_c=$lmb_c$lmb_l${lmb_e%.}; lmb_n=$((lmb_n-1)); done; "
                    + "echo " + MarkedOutput.MARK + "$$; echo " + MarkedOutput.MARK + "$$ >&2; "
                    + "unset lmb_e lmb_n lmb_l; eval \"$lmb_c\"");

    /** How the channel ended. */
    enum End {
        /** The host closed it in order; {@link ShellChannel#exitCode} tells the shell's end. */
        CLOSED,
        /** The connection under it ended, or we closed it. */
        DROPPED
    }

    private final ChannelExec channel;
    private final OutputStream input;
    private final MarkedOutput output = new MarkedOutput();
    private final MarkedOutput error = new MarkedOutput();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private volatile boolean endOfOutputSeen;
    private volatile boolean closedByUs;

    private ShellChannel(ChannelExec channel, Runnable whenCut) throws IOException {
        this.channel = channel;
        this.input = channel.getOutputStream();
        output.onClose(() -> {
            if (!channel.isClosed()) {
                endOfOutputSeen = true;
            }
        });
        // JSch closes the error stream last of all, when the channel is gone and its exit status is there.
        error.onClose(() -> {
            boolean inOrder = endOfOutputSeen && exitCode().isPresent();
            if (!inOrder && !closedByUs) {
                whenCut.run();
            }
            end.complete(inOrder ? End.CLOSED : End.DROPPED);
        });
        channel.setOutputStream(output);
        channel.setErrStream(error);
        channel.setCommand(WAITING_SHELL);
    }

    /**
     * Opens a channel; takes one round trip.
     *
     * @param whenCut called on the connection's thread if the channel ends without a word from the host and without our
     *     closing it, before anybody is told of the end
     * @throws JSchException if the session is down, or if the host refuses another channel
     */
    static ShellChannel open(Session session, Runnable whenCut) throws JSchException, IOException {
        ChannelExec channel = (ChannelExec) session.openChannel("exec");
        if (channel == null) {
            // JSch swallows what went wrong, such as a session that goes down at this moment.
            throw new JSchException("no channel");
        }
        ShellChannel shell = new ShellChannel(channel, whenCut);
        shell.channel.connect();
        return shell;
    }

    /**
     * Sends the command; called once. Does not close standard input.
     *
     * @param whenItBegins called on the connection's thread when the shell says that the command begins
     * @throws IOException if the connection is broken; the command may have been sent
     */
    void send(String command, OutputStream commandOutput, OutputStream commandError, Runnable whenItBegins)
            throws IOException {
        output.expect(commandOutput, () -> {});
        error.expect(commandError, whenItBegins);
        long lines = command.chars().filter(c -> c == '\n').count() + 1;
        input.write((lines + "\n" + command + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    /** The command's standard input. */
    OutputStream standardInput() {
        return input;
    }

    /** The shell's process id, once the command has begun. */
    OptionalLong pid() {
        return error.pid().isPresent() ? error.pid() : output.pid();
    }

    /** What the login shell said before the command began. */
    String preamble() {
        return error.preamble();
    }

    /** Calls back when the channel ends, on the connection's thread; at once if it has ended. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is all there is to it
    void whenEnded(Consumer<End> callback) {
        end.thenAccept(callback);
    }

    /** The exit code, 128 + n for a death by signal n as shells have it; empty while it is not known. */
    OptionalInt exitCode() {
        if (channel.getExitStatus() >= 0) {
            return OptionalInt.of(channel.getExitStatus());
        }
        String signal = channel.getExitSignal();
        return signal == null ? OptionalInt.empty() : OptionalInt.of(128 + Signals.number(signal));
    }

    boolean usable() {
        return !end.isDone() && channel.isConnected();
    }

    /** Closes the channel. A command on it goes on, unless it reads from it or writes to it. */
    void close() {
        closedByUs = true;
        channel.disconnect();
        end.complete(End.DROPPED);
    }
}
