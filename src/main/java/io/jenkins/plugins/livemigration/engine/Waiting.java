package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that a cancellation ends early. */
final class Waiting {
    private Waiting() {}

    /** Waits for so long, or until somebody asks to stop; true if nobody did. */
    static boolean pause(Duration duration, Cancellation cancellation) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        try (Cancellation.Reaction reaction = cancellation.onRequest(asked::countDown)) {
            return !asked.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
