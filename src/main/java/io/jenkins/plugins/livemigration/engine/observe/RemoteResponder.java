package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A {@link Responder} on another host: this engine's own jar, copied there once (told by its checksum, below the user's
 * {@code ~/.cache}), run by that host's {@code java}. It ends when it is closed; and by itself when nobody reads its output or
 * nothing was asked for {@link #IDLE_SECONDS}.
 */
final class RemoteResponder implements AutoCloseable {
    private static final int IDLE_SECONDS = 30;
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Duration COPY = Duration.ofMinutes(5);
    private static final int BEGIN_SECONDS = 20;
    private static final String FOLDER = "\"${XDG_CACHE_HOME:-$HOME/.cache}/live-migration-benchmark\"";

    private final RunningCommand running;
    private final CountDownLatch spoke = new CountDownLatch(1);
    private volatile int port;

    private RemoteResponder(Host host, String jar, int wantedPort) {
        running = host.start(
                "exec java -XX:+UseSerialGC -Xmx32m -XX:TieredStopAtLevel=1 -XX:-UsePerfData -jar " + FOLDER + "/" + jar
                        + " probe --respond --port " + wantedPort + " --idle " + IDLE_SECONDS + "s",
                this::line);
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param port 0 for any that is free
     * @param whose begins the complaint
     * @throws IOException if the host has no java, cannot be reached, or refuses
     */
    static RemoteResponder start(Host host, int port, String whose) throws IOException {
        try {
            Path jar = ownJar();
            String name = Sha256.of(jar) + ".jar";
            install(host, jar, name, whose);
            RemoteResponder responder = new RemoteResponder(host, name, port);
            try {
                responder.awaitBegin(host, whose);
                return responder;
            } catch (IOException | InterruptedException failed) {
                responder.close();
                throw failed;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(whose + "interrupted", stopped);
        }
    }

    private void awaitBegin(Host host, String whose) throws IOException, InterruptedException {
        if (!spoke.await(BEGIN_SECONDS, TimeUnit.SECONDS) || port == 0) {
            running.kill();
            CommandResult result = running.await(SHORT);
            throw new IOException(
                    whose + "no responder could be started on " + host.name() + ": " + result.complaint());
        }
    }

    private static void install(Host host, Path jar, String name, String whose)
            throws IOException, InterruptedException {
        String there = FOLDER + "/" + name;
        String sum = name.substring(0, name.length() - ".jar".length());
        CommandResult found = host.run(
                "command -v java >/dev/null || { echo 'there is no java (package default-jre-headless)' >&2; exit 3; }; "
                        + whole(there, sum) + " || exit 4",
                SHORT);
        if (found.ok()) {
            return;
        }
        if (!(found instanceof CommandResult.Ended ended) || ended.exitCode() != 4) {
            throw new IOException(whose + "on " + host.name() + ": " + found.complaint());
        }
        String part = there + ".$$";
        try (InputStream bytes = Files.newInputStream(jar)) {
            CommandResult copied = host.run(
                    "umask 077; mkdir -p " + FOLDER + " && cat >" + part + " && " + whole(part, sum) + " && mv " + part
                            + " " + there + " || { rm -f " + part + "; exit 1; }",
                    bytes,
                    COPY);
            if (!copied.ok()) {
                throw new IOException(
                        whose + "the engine could not be copied to " + host.name() + ": " + copied.complaint());
            }
        }
    }

    /** A shell's condition. */
    private static String whole(String file, String sum) {
        return "[ \"$(sha256sum " + file + " 2>/dev/null | cut -d' ' -f1)\" = " + sum + " ]";
    }

    /** The jar that this engine runs from; tests run from classes, and name the one that was packaged. */
    private static Path ownJar() throws IOException {
        Path own = Path.of(System.getProperty("lmb.engineJar", ""));
        CodeSource source = RemoteResponder.class.getProtectionDomain().getCodeSource();
        try {
            if (own.toString().isEmpty() && source != null) {
                own = Path.of(source.getLocation().toURI());
            }
        } catch (URISyntaxException odd) {
            throw new IOException("the engine does not know its jar", odd);
        }
        if (!Files.isRegularFile(own)) {
            throw new IOException("the engine runs from no jar that could be copied: " + own);
        }
        return own;
    }

    private void line(String line) {
        if (line.startsWith(Responder.LISTENING)) {
            try {
                port = Integer.parseInt(
                        line.substring(Responder.LISTENING.length()).strip(), 10);
            } catch (NumberFormatException odd) {
                port = 0;
            }
            spoke.countDown();
        }
    }

    /** Where it listens. */
    int port() {
        return port;
    }

    @Override
    public void close() {
        running.kill();
    }
}
