package io.jenkins.plugins.livemigration.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The append-only record of a run, {@code journal.jsonl} in the run's folder. Every entry is handed to the operating system
 * as it happens, so that a killed engine loses none.
 *
 * <p>Thread-safe. Appending never throws: it is called from inside a migration, and a full disk must not tear that. After
 * the first failure nothing more is written, what stands stays whole, and {@link #failure()} tells; the run ends after the
 * current sample.
 */
public final class Journal implements AutoCloseable {
    /** The file's name in the run's folder. */
    public static final String FILE = "journal.jsonl";

    /** The version of the events' meaning; readers accept older ones and skip events that they do not know. */
    public static final int FORMAT_VERSION = 1;

    private final FileChannel channel;
    private final RunClock clock;
    private final Consumer<JournalEntry> follower;
    private long sequence;
    private Optional<IOException> failure = Optional.empty();

    private Journal(FileChannel channel, RunClock clock, Consumer<JournalEntry> follower) {
        this.channel = channel;
        this.clock = clock;
        this.follower = follower;
    }

    /**
     * Starts the journal of a new run.
     *
     * @param folder the run's folder, which exists
     * @param follower is shown every entry after it was written, on the appending thread
     * @throws IOException if the file exists already or cannot be made
     */
    public static Journal create(Path folder, RunClock clock, Consumer<JournalEntry> follower) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return open(channel, clock, follower);
    }

    /** A journal on an open file. */
    static Journal open(FileChannel channel, RunClock clock, Consumer<JournalEntry> follower) {
        return new Journal(channel, clock, follower);
    }

    /** Appends an event that happens now. */
    public void append(JournalEvent event) {
        JournalEntry entry;
        synchronized (this) {
            entry = new JournalEntry(++sequence, clock.nanos(), clock.wall(), event);
            if (failure.isEmpty()) {
                write(JournalCodec.write(entry) + "\n");
            }
        }
        follower.accept(entry);
    }

    /** The clock whose time the entries carry. */
    public RunClock clock() {
        return clock;
    }

    /** Why nothing is written any more, if that is so. */
    public synchronized Optional<IOException> failure() {
        return failure;
    }

    /** Hands the file to the disk itself and closes it. */
    @Override
    public synchronized void close() {
        try (channel) {
            channel.force(true);
        } catch (IOException atTheEnd) {
            if (failure.isEmpty()) {
                failure = Optional.of(atTheEnd);
            }
        }
    }

    private void write(String line) {
        long wholeLength = -1;
        try {
            wholeLength = channel.position();
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException full) {
            failure = Optional.of(full);
            cutTo(wholeLength);
        }
    }

    private void cutTo(long length) {
        if (length >= 0) {
            try {
                channel.truncate(length);
            } catch (IOException kept) {
                failure.ifPresent(first -> first.addSuppressed(kept));
            }
        }
    }
}
