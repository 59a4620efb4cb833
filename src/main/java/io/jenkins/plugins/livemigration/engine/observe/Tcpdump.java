package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.plan.CapturePlan;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.RunningCommand;
import io.jenkins.plugins.livemigration.engine.remote.ShellWords;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One tcpdump on a host: a ring of files in a folder of its own there, until it is collected. It ends by itself after a
 * time limit, so that a killed engine leaves nothing running; and it is not started without room for the ring and its
 * copy. Used by one thread.
 */
final class Tcpdump implements AutoCloseable {
    private static final int RING_FILES = 4;
    private static final Duration BEGIN = Duration.ofSeconds(10);
    private static final Duration END = Duration.ofSeconds(10);
    private static final Duration COPY = Duration.ofMinutes(10);
    private static final String FOLDER = "folder ";
    private static final String REFUSED = "refused ";

    /**
     * Prints the ring, oldest file first and each but the first without its header, compressed, in base64. A pipe's status is
     * its last command's, and not every shell has {@code pipefail}: so each says by itself if it failed, on a way beside the
     * pipe.
     */
    private static final String COLLECT = """
            cd %s || exit 1
            set -- $(ls -dtr ring*)
            [ -n "$1" ] || exit 1
            exec 4>&1
            failed=$( { {
              (cat "$1" && shift && for rest in "$@"; do tail -c +25 "$rest" || exit 1; done) || echo reading >&3
            } | { gzip -1 || echo compressing >&3; } | { base64 -w 8192 >&4 || echo encoding >&3; } } 3>&1 )
            [ -z "$failed" ] || { echo failed: $failed >&2; exit 1; }
            """;

    private final CapturePlan plan;
    private final Host host;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final StringBuilder said = new StringBuilder();
    private volatile String folder = "";
    private volatile boolean listening;
    private final RunningCommand running;

    private Tcpdump(CapturePlan plan, Host host, Duration limit) {
        this.plan = plan;
        this.host = host;
        this.running = host.start(command(plan, limit), this::line);
    }

    /** Starts one; {@link #awaitBegin} says whether it captures. */
    static Tcpdump start(CapturePlan plan, Host host, Duration limit) {
        return new Tcpdump(plan, host, limit);
    }

    /** Waits until it captures; says why it does not, if so. */
    Optional<Message> awaitBegin() throws InterruptedException {
        boolean spoke = begun.await(BEGIN.toMillis(), TimeUnit.MILLISECONDS);
        if (spoke && listening) {
            return Optional.empty();
        }
        running.kill();
        CommandResult result = running.await(END);
        String why;
        synchronized (said) {
            why = said.length() == 0 ? result.complaint() : said.toString().strip();
        }
        return Optional.of(Message.of("observe.noCapture", plan.on(), plan.device(), why));
    }

    /** The script: refuses if there is no room for the ring and its copy, then becomes tcpdump. */
    static String command(CapturePlan plan, Duration limit) {
        StringBuilder script = new StringBuilder();
        script.append("command -v tcpdump >/dev/null || { echo 'refused there is no tcpdump'; exit 3; }\n");
        script.append("folder=$(mktemp -d /var/tmp/lmb-capture.XXXXXX) || ")
                .append("{ echo 'refused no folder can be made in /var/tmp'; exit 3; }\n");
        script.append("free=$(df -Pk \"$folder\" | awk 'NR == 2 { print $4 }')\n");
        script.append("if [ \"$free\" -lt ").append(neededKilobytes(plan)).append(" ]; then rmdir \"$folder\"; ");
        script.append("echo \"refused $free KiB are free in /var/tmp, ")
                .append(neededKilobytes(plan))
                .append(" are needed\"; exit 3; fi\n");
        script.append("echo \"folder $folder\"\necho $$ >\"$folder/pid\"\n");
        script.append("exec timeout -s TERM ").append(Math.max(1, limit.toSeconds()));
        script.append(" tcpdump -n -U --immediate-mode -Z root -i ").append(ShellWords.quote(plan.device()));
        script.append(" -s ").append(plan.snapLength());
        script.append(" -C ")
                .append(Math.max(1, plan.megabytes() / RING_FILES))
                .append(" -W ")
                .append(RING_FILES);
        script.append(" -w \"$folder/ring\"");
        plan.filter().ifPresent(filter -> script.append(' ').append(ShellWords.quote(filter)));
        return script.append(" 2>&1\n").toString();
    }

    /** The ring and its copy. */
    static long neededKilobytes(CapturePlan plan) {
        return 2L * plan.megabytes() * 1000;
    }

    /**
     * A script that captures for a second and keeps nothing. Prints {@code fine}, {@code missing}, {@code room} with the
     * KiB that are free, or what tcpdump complains of.
     */
    static String trial(CapturePlan plan) {
        StringBuilder script = new StringBuilder();
        script.append("command -v tcpdump >/dev/null || { echo missing; exit; }\n");
        script.append("free=$(df -Pk /var/tmp | awk 'NR == 2 { print $4 }')\n");
        script.append("[ \"$free\" -ge ")
                .append(neededKilobytes(plan))
                .append(" ] || { echo \"room $free\"; exit; }\n");
        script.append("said=$(timeout -s INT 1 tcpdump -n -Z root -i ").append(ShellWords.quote(plan.device()));
        script.append(" -s ").append(plan.snapLength()).append(" -w /dev/null");
        plan.filter().ifPresent(filter -> script.append(' ').append(ShellWords.quote(filter)));
        script.append(" 2>&1)\ncase $said in *'listening on'*) echo fine ;; *) echo \"$said\" | tail -n 1 ;; esac\n");
        return script.toString();
    }

    private void line(String line) {
        if (line.startsWith(FOLDER)) {
            folder = line.substring(FOLDER.length());
            return;
        }
        synchronized (said) {
            said.append(line.startsWith(REFUSED) ? line.substring(REFUSED.length()) : line)
                    .append('\n');
        }
        if (line.contains("listening on")) {
            listening = true;
            begun.countDown();
        } else if (line.startsWith(REFUSED) || line.startsWith("tcpdump: ")) {
            boolean harmless = line.contains("data link type") || line.contains("verbose output");
            if (!harmless) {
                begun.countDown();
            }
        }
    }

    /** What tcpdump said of itself: how many frames it kept, and how many the kernel dropped. */
    String said() {
        synchronized (said) {
            return said.toString();
        }
    }

    CapturePlan plan() {
        return plan;
    }

    /** Ends the capture and waits until all of it is written. */
    void end() throws InterruptedException {
        String pid = "\"$(cat " + ShellWords.quote(folder + "/pid") + ")\"";
        host.run("kill -TERM " + pid, END);
        running.await(END);
    }

    /**
     * Fetches what the ring holds, as one capture, compressed.
     *
     * @throws IOException if the host cannot be read or the file not written
     */
    void collect(Path file) throws IOException, InterruptedException {
        collect(host, folder, file);
    }

    /** The script that prints what the ring in a folder holds. */
    static String collecting(String folder) {
        return COLLECT.formatted(ShellWords.quote(folder));
    }

    /** Fetches what the ring in a folder of a host holds. */
    static void collect(Host host, String folder, Path file) throws IOException, InterruptedException {
        AtomicReference<IOException> broken = new AtomicReference<>();
        try (OutputStream out = Files.newOutputStream(file)) {
            RunningCommand copy = host.start(collecting(folder), line -> {
                try {
                    out.write(Base64.getDecoder().decode(line));
                } catch (IOException | IllegalArgumentException failed) {
                    broken.compareAndSet(null, new IOException(failed));
                }
            });
            CommandResult result = copy.await(COPY);
            if (!result.ok()) {
                throw new IOException(result.complaint());
            }
        }
        IOException failure = broken.get();
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends it if it still runs, and removes its folder. */
    @Override
    public void close() {
        running.kill();
        if (folder.startsWith("/var/tmp/lmb-capture.")) {
            try {
                host.run("rm -rf -- " + ShellWords.quote(folder), END);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
