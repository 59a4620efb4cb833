package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.SideFile;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The running probes of one sample. Started by {@link Probes}. Used by one thread.
 */
public interface ProbeSession extends AutoCloseable {

    /**
     * Waits until every probe has had at least {@code replies} replies.
     *
     * @return names of the probes that have not, when the time is over; empty if all have
     */
    List<String> awaitReplies(int replies, Duration timeout) throws InterruptedException;

    /**
     * Something about how these probes run that the reader of their figures must know: whether they have a real-time
     * priority. The same for every session of a process, as a rule.
     */
    default Optional<Message> note() {
        return Optional.empty();
    }

    /**
     * Stops sending, waits for replies under way no longer than the probes' time-outs, and completes the files.
     *
     * @return the files, in the order of the probes, named relative to the folder that {@link Probes#start} was given
     * @throws java.io.UncheckedIOException if records could not be written (the disk is full)
     */
    List<SideFile> stop() throws InterruptedException;

    /** Stops at once, if {@link #stop} was not called; files are left as they are, readable. */
    @Override
    void close();
}
