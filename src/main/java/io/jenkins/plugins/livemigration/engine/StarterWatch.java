package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;

/**
 * The engine's own lease, for an engine that was started by somebody who may vanish: whoever started it touches
 * {@code heartbeat} in the run's folder; when that has not changed for so long, the run ends after the current sample.
 * The time is taken on this machine's monotonic clock from when a change was seen, so that a jump of the wall clock does
 * no harm.
 */
public final class StarterWatch implements AutoCloseable {
    /** The file's name in the run's folder. */
    public static final String FILE = "heartbeat";

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Path file;
    private final Duration validity;
    private final Runnable vanished;
    private final Thread watcher = new Thread(this::watch, "starter-watch");

    private StarterWatch(Path file, Duration validity, Runnable vanished) {
        this.file = file;
        this.validity = validity;
        this.vanished = vanished;
    }

    /**
     * Starts to watch, if there is a validity. The file is made if it does not exist.
     *
     * @param validity how long the starter may be silent; empty if nobody promised to make a sound
     * @param vanished asked to stop when nothing was heard for that long
     */
    public static StarterWatch start(Path runFolder, Optional<Duration> validity, Cancellation vanished)
            throws IOException {
        Path file = runFolder.resolve(FILE);
        if (validity.isEmpty()) {
            return new StarterWatch(file, Duration.ZERO, vanished::request);
        }
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        StarterWatch watch = new StarterWatch(file, validity.get(), vanished::request);
        watch.watcher.setDaemon(true);
        watch.watcher.start();
        return watch;
    }

    private void watch() {
        Optional<FileTime> last = touched();
        long heard = System.nanoTime();
        try {
            while (true) {
                Thread.sleep(LOOK.toMillis());
                Optional<FileTime> now = touched();
                if (!now.equals(last)) {
                    last = now;
                    heard = System.nanoTime();
                } else if (System.nanoTime() - heard > validity.toNanos()) {
                    vanished.run();
                    return;
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<FileTime> touched() {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Stops watching. */
    @Override
    public void close() {
        watcher.interrupt();
    }
}
