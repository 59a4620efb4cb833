package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits until it is this run's turn with workloads that other runs hold, in all no longer than the plan allows. Nothing is
 * touched meanwhile. The run's thread waits.
 */
final class Turn {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Duration patience;
    private final Journal journal;
    private final Cancellation breakOff;
    private final Cancellation afterSample;
    private final long end;
    private String awaited = "";

    /**
     * The patience begins to run out now.
     *
     * @param breakOff ends the waiting at once
     * @param afterSample ends it at the next look
     */
    Turn(Duration patience, Journal journal, Cancellation breakOff, Cancellation afterSample) {
        this.patience = patience;
        this.journal = journal;
        this.breakOff = breakOff;
        this.afterSample = afterSample;
        this.end = System.nanoTime() + patience.toNanos();
    }

    /** Whether there is patience left. */
    boolean patient() {
        return end - System.nanoTime() > 0;
    }

    /**
     * Waits until nobody holds the workload, or until the patience is at its end.
     *
     * @return false if the run was asked to stop meanwhile
     */
    boolean await(String workload, LeaseStore leases) throws InterruptedException {
        while (patient()) {
            Optional<LeaseStore.Holder> holder = LeaseKeeper.holder(leases);
            if (holder.isEmpty()) {
                return true;
            }
            tell(workload, holder.get());
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (!Waiting.pause(left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS, breakOff)
                    || afterSample.requested()) {
                return false;
            }
        }
        return true;
    }

    /** Once for every holder, not at every look. */
    private void tell(String workload, LeaseStore.Holder holder) {
        String now = workload + " " + holder.owner();
        if (!now.equals(awaited)) {
            awaited = now;
            journal.append(new JournalEvent.Noted(
                    Message.of("engine.leaseAwaited", workload, holder.owner(), holder.place(), patience.toSeconds())));
        }
    }
}
