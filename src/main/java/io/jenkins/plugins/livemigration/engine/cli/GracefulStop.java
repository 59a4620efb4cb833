package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and a termination signal into a request to stop, and keeps the process alive until the run has brought the
 * workload back and written its reports. The exit code then is {@link ExitCode#INTERRUPTED}'s.
 */
final class GracefulStop implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    /**
     * Listens for signals from now on.
     *
     * @param patience how long the run may take to come to its end
     */
    GracefulStop(Cancellation cancellation, Duration patience) {
        hook = new Thread(
                () -> {
                    cancellation.request();
                    try {
                        if (!finished.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                            Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
                        }
                    } catch (InterruptedException end) {
                        Thread.currentThread().interrupt();
                    }
                },
                "graceful-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The run has come to its end; the process may go. */
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // the signal came first: the hook sees the latch
            return;
        }
    }
}
