package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.remote.Host;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the gates of a migration closed for as long as the engine lives, by renewing them before they open by themselves.
 * A gate that is open stays open.
 */
final class GateKeeper implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "gate-keeper");
        thread.setDaemon(true);
        return thread;
    });

    /** Starts with the first renewal a third of the gate's validity from now. */
    GateKeeper(Move move) {
        if (!move.gate().empty()) {
            renewOn(move, move.source());
            renewOn(move, move.destination());
        }
    }

    private void renewOn(Move move, Host host) {
        // No lock: a step holds it meanwhile. The fence keeps a late renewal from touching somebody else's gate.
        String command = Scripts.command("[ \"$(cat %s/fence 2>/dev/null)\" != %s ] || { %s; } || true"
                .formatted(
                        quote(move.names().directory()),
                        quote(move.record().token()),
                        move.gate().renew()));
        long period = move.gate().validity().toMillis() / 3;
        var unused = scheduler.scheduleAtFixedRate(() -> renew(host, command), period, period, TimeUnit.MILLISECONDS);
    }

    private static void renew(Host host, String command) {
        try {
            // A host that cannot be reached opens its gate by itself: that is what the time-out is for.
            host.run(command, TIMEOUT);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops renewing. */
    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
