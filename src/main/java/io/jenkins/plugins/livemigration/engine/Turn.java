package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits until it is this run's turn with workloads that other runs hold, in all no longer than the plan allows. Nothing is
 * touched meanwhile. The run's thread waits.
 */
final class Turn {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Optional<RunEnd> STOPPED =
            Optional.of(new RunEnd(RunEnd.Kind.INTERRUPTED, Message.of("engine.interrupted")));

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

    /**
     * Waits until nobody holds any of the workloads, or until the patience is at its end.
     *
     * @return the run's end, if it was asked to stop meanwhile
     */
    Optional<RunEnd> await(List<MigrationDriver> drivers) throws InterruptedException {
        for (MigrationDriver driver : drivers) {
            if (!await(driver.workloadKey(), driver.leases())) {
                return STOPPED;
            }
        }
        return Optional.empty();
    }

    /**
     * Takes all leases or none, since two runs that each hold one of two workloads would wait for each other; waits again as
     * long as there is patience if somebody else was quicker.
     *
     * @return the run's end, if they cannot be had
     */
    Optional<RunEnd> take(List<MigrationDriver> drivers, LeaseKeeper leases) throws InterruptedException {
        while (true) {
            Optional<Message> refused = Optional.empty();
            for (MigrationDriver driver : drivers) {
                refused = leases.acquire(driver.workloadKey(), driver.leases());
                if (refused.isPresent()) {
                    break;
                }
            }
            if (refused.isEmpty()) {
                return Optional.empty();
            }
            if (!LeaseKeeper.isRefusal(refused.get()) || !patient()) {
                return Optional.of(new RunEnd(RunEnd.Kind.INFRASTRUCTURE, refused.get()));
            }
            leases.giveBack();
            // Two runs that took some each, and gave them back, shall not meet again.
            long somewhat = ThreadLocalRandom.current().nextLong(BETWEEN_LOOKS.toMillis());
            Optional<RunEnd> stopped = pause(Duration.ofMillis(somewhat)) ? await(drivers) : STOPPED;
            if (stopped.isPresent()) {
                return stopped;
            }
        }
    }

    private boolean patient() {
        return end - System.nanoTime() > 0;
    }

    private boolean await(String workload, LeaseStore leases) throws InterruptedException {
        while (patient()) {
            Optional<LeaseStore.Holder> holder = LeaseKeeper.holder(leases);
            if (holder.isEmpty()) {
                return true;
            }
            tell(workload, holder.get());
            if (!pause(BETWEEN_LOOKS)) {
                return false;
            }
        }
        return true;
    }

    /** Waits for so long, or as long as there is patience; true if nobody asked to stop meanwhile. */
    private boolean pause(Duration wanted) throws InterruptedException {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        return Waiting.pause(left.compareTo(wanted) < 0 ? left : wanted, breakOff) && !afterSample.requested();
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
