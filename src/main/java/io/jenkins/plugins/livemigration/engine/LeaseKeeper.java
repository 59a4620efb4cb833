package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the leases on a run's workloads and prolongs them on a thread of its own while the run lasts. Losing one cancels
 * the run: somebody else may move the workload.
 */
final class LeaseKeeper implements AutoCloseable {
    /** How long a lease outlives an engine that was killed. */
    static final Duration VALIDITY = Duration.ofSeconds(60);

    private static final String REFUSED = "engine.leaseRefused";
    private static final Duration RENEWAL = VALIDITY.dividedBy(4);

    private final Journal journal;
    private final String owner;
    private final Runnable whenLost;
    private final Map<String, Lease> leases = new LinkedHashMap<>();
    private final Thread renewer = new Thread(this::renewUntilInterrupted, "lease-renewal");

    private final Object renewing = new Object();
    private boolean restarting;
    private volatile boolean lost;

    private record Lease(LeaseStore store, LeaseStore.Held held) {}

    /**
     * Makes a keeper that holds nothing yet.
     *
     * @param owner who holds, for people who meet the lease
     * @param whenLost run on the renewal thread when a lease was lost
     */
    LeaseKeeper(Journal journal, String owner, Runnable whenLost) {
        this.journal = journal;
        this.owner = owner;
        this.whenLost = whenLost;
        renewer.setDaemon(true);
    }

    /** Who holds a lease that has not expired. */
    static Optional<LeaseStore.Holder> holder(LeaseStore store) throws InterruptedException {
        return store.holders().stream().filter(holder -> !holder.expired()).findFirst();
    }

    /** Why a workload cannot be had that somebody else holds. */
    static Message refusal(String workload, LeaseStore.Holder holder) {
        return Message.of(
                REFUSED,
                workload,
                holder.owner(),
                holder.place(),
                holder.expires().map(Object::toString).orElse("?"));
    }

    /** Whether a message says that somebody else holds a workload. */
    static boolean isRefusal(Message message) {
        return message.key().equals(REFUSED);
    }

    /**
     * Takes the lease on a workload, unless it is held already.
     *
     * @return why it could not be had; empty if it is held now
     */
    Optional<Message> acquire(String workload, LeaseStore store) throws InterruptedException {
        synchronized (leases) {
            if (leases.containsKey(workload)) {
                return Optional.empty();
            }
        }
        LeaseStore.Attempt attempt = store.acquire(owner, VALIDITY);
        if (attempt instanceof LeaseStore.Refused refused) {
            return Optional.of(refusal(workload, refused.holder()));
        }
        if (attempt instanceof LeaseStore.Impossible impossible) {
            return Optional.of(Message.of("engine.leaseImpossible", workload, impossible.why()));
        }
        synchronized (leases) {
            leases.put(workload, new Lease(store, (LeaseStore.Held) attempt));
        }
        journal.append(new JournalEvent.LeaseAcquired(workload, owner));
        if (renewer.getState() == Thread.State.NEW) {
            renewer.start();
        }
        return Optional.empty();
    }

    /**
     * From here until {@link #endRestart} a lease that cannot be renewed is not lost yet: the host that keeps it may be
     * starting anew.
     */
    void beginRestart() {
        synchronized (renewing) {
            restarting = true;
        }
    }

    /**
     * Takes back what was forgotten meanwhile. Where that cannot be done, the lease is lost.
     *
     * @return why a lease could not be had back
     */
    Optional<Message> endRestart() throws InterruptedException {
        synchronized (renewing) {
            restarting = false;
            Map<String, Lease> now;
            synchronized (leases) {
                now = new LinkedHashMap<>(leases);
            }
            for (Map.Entry<String, Lease> entry : now.entrySet()) {
                LeaseStore store = entry.getValue().store();
                if (store.renew(entry.getValue().held(), VALIDITY)) {
                    continue;
                }
                // Of several hosts one may have forgotten it; on the others our own would stand in the way.
                store.release(entry.getValue().held());
                if (store.acquire(owner, VALIDITY) instanceof LeaseStore.Held again) {
                    synchronized (leases) {
                        leases.put(entry.getKey(), new Lease(store, again));
                    }
                } else {
                    lose(entry.getKey());
                    return Optional.of(Message.of("engine.leaseLost", entry.getKey()));
                }
            }
            return Optional.empty();
        }
    }

    private void lose(String workload) {
        journal.append(new JournalEvent.Noted(Message.of("engine.leaseLost", workload)));
        lost = true;
        whenLost.run();
    }

    /** Whether a lease was lost: its workload must not be touched any more. */
    boolean lost() {
        return lost;
    }

    /** Gives all leases back; more can be taken afterwards. */
    void giveBack() throws InterruptedException {
        synchronized (renewing) {
            synchronized (leases) {
                for (Map.Entry<String, Lease> entry : leases.entrySet()) {
                    Optional<String> kept =
                            entry.getValue().store().release(entry.getValue().held());
                    journal.append(
                            kept.isPresent()
                                    ? new JournalEvent.Noted(Message.of("engine.leaseKept", entry.getKey(), kept.get()))
                                    : new JournalEvent.LeaseReleased(entry.getKey()));
                }
                leases.clear();
            }
        }
    }

    /** Gives all leases back, and ends the renewal. */
    @Override
    public void close() {
        renewer.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            renewer.join(Duration.ofSeconds(10).toMillis());
            giveBack();
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean renewAll() throws InterruptedException {
        synchronized (renewing) {
            Map<String, Lease> now;
            synchronized (leases) {
                now = Map.copyOf(leases);
            }
            for (Map.Entry<String, Lease> entry : now.entrySet()) {
                boolean held = entry.getValue().store().renew(entry.getValue().held(), VALIDITY);
                if (!held && !restarting) {
                    lose(entry.getKey());
                    return false;
                }
            }
            return true;
        }
    }

    private void renewUntilInterrupted() {
        try {
            while (true) {
                Thread.sleep(RENEWAL.toMillis());
                if (!renewAll()) {
                    return;
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
