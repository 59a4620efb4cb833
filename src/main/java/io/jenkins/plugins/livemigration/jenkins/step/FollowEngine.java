package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import jenkins.MasterToSlaveFileCallable;

/** Looks after the engine on the agent: gives a sign of life, and reads what it has printed since. */
final class FollowEngine extends MasterToSlaveFileCallable<FollowEngine.News> {
    private static final long serialVersionUID = 1L;
    private static final int MOST_BYTES = 64 << 10;

    private final EngineIdentity engine;
    private final long offset;

    /** Follows from an offset of the progress file on. */
    FollowEngine(EngineIdentity engine, long offset) {
        this.engine = engine;
        this.offset = offset;
    }

    @Override
    public News invoke(File file, VirtualChannel channel) throws IOException {
        Path folder = file.toPath();
        // Asked before the file is read: what a dying engine prints last is not missed.
        boolean alive = engine.alive();
        if (alive) {
            touch(folder.resolve(EngineFiles.HEARTBEAT));
        }
        byte[] text = new byte[0];
        try (RandomAccessFile progress =
                new RandomAccessFile(folder.resolve(EngineFiles.PROGRESS).toFile(), "r")) {
            long length = progress.length();
            if (length > offset) {
                text = new byte[(int) Math.min(MOST_BYTES, length - offset)];
                progress.seek(offset);
                progress.readFully(text);
            }
            return new News(text, alive, length > offset + text.length);
        }
    }

    private static void touch(Path heartbeat) throws IOException {
        try {
            Files.setLastModifiedTime(heartbeat, FileTime.from(Instant.now()));
        } catch (NoSuchFileException notYet) {
            // The engine makes it when it is ready to be watched.
            return;
        }
    }

    /** What is new. */
    static final class News implements Serializable {
        private static final long serialVersionUID = 1L;
        private final byte[] text;
        private final boolean alive;
        private final boolean more;

        News(byte[] text, boolean alive, boolean more) {
            this.text = text.clone();
            this.alive = alive;
            this.more = more;
        }

        byte[] text() {
            return text.clone();
        }

        boolean alive() {
            return alive;
        }

        /** Whether there is more to read at once. */
        boolean more() {
            return more;
        }
    }
}
