package io.jenkins.plugins.livemigration.engine.migrate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request to stop, made once, from any thread, and never taken back. */
public final class Cancellation {
    private final AtomicBoolean requested = new AtomicBoolean();
    private final List<Runnable> reactions = new CopyOnWriteArrayList<>();

    /** Asks to stop. The first call runs the reactions on the calling thread; later calls do nothing. */
    public void request() {
        if (requested.compareAndSet(false, true)) {
            reactions.forEach(Runnable::run);
        }
    }

    /** Whether somebody asked to stop. */
    public boolean requested() {
        return requested.get();
    }

    /**
     * Runs {@code reaction} when somebody asks to stop; at once, on this thread, if that already happened. Close the
     * result to take the reaction back.
     */
    public Reaction onRequest(Runnable reaction) {
        AtomicBoolean done = new AtomicBoolean();
        Runnable once = () -> {
            if (done.compareAndSet(false, true)) {
                reaction.run();
            }
        };
        reactions.add(once);
        if (requested.get()) {
            once.run();
        }
        return () -> {
            done.set(true);
            reactions.remove(once);
        };
    }

    /** A reaction that can be taken back. */
    public interface Reaction extends AutoCloseable {
        @Override
        void close();
    }
}
