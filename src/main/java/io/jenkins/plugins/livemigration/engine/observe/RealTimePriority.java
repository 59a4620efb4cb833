package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Asks the kernel to run the probes' threads before all ordinary ones (SCHED_FIFO), through util-linux's {@code chrt}. On a
 * machine with both cores loaded the schedule's error at p99 falls from 3 ms to 0.05 ms by it. Only Linux has that, and only
 * root and whoever was granted RLIMIT_RTPRIO may do it. Without it probes run all the same; that is worth a note.
 */
final class RealTimePriority {
    /** Low among the real-time ones: whatever else the machine runs in real time goes first. */
    private static final int PRIORITY = 10;

    /** Of threads for which the probes' may have to wait: above all ordinary ones, but never before a probe. */
    private static final int HELPERS_PRIORITY = 9;
    /** HotSpot's, which collects the garbage while all others stand still. */
    private static final String JAVAS_OWN = "VM Thread";

    private RealTimePriority() {}

    /**
     * Raises the threads of this process whose names begin so, and says what came of it.
     *
     * @param expected so many have been started; a thread has its name only once it runs
     */
    static Message raise(String namePrefix, int expected) {
        return raise(name -> name.startsWith(namePrefix), expected, PRIORITY);
    }

    /**
     * Raises a thread for which the probes' threads may have to wait, and Java's own: an ordinary one may be left waiting
     * itself while it holds a lock of theirs, or while it has stopped them to collect garbage.
     *
     * @param name its name, as the kernel keeps it
     */
    static void raiseHelper(String name) {
        raise(name::equals, 1, HELPERS_PRIORITY);
        raise(JAVAS_OWN::equals, 0, HELPERS_PRIORITY);
    }

    private static Message raise(Predicate<String> name, int expected, int priority) {
        try {
            for (String task : OwnThreads.named(name, expected)) {
                String complaint =
                        OwnThreads.run("chrt", "--fifo", "--pid", String.format(Locale.ROOT, "%d", priority), task);
                if (!complaint.isEmpty()) {
                    return Message.of("observe.noRealTime", complaint);
                }
            }
            return Message.of("observe.realTime");
        } catch (IOException failed) {
            return Message.of("observe.noRealTime", String.valueOf(failed.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Message.of("observe.noRealTime", "interrupted");
        }
    }
}
