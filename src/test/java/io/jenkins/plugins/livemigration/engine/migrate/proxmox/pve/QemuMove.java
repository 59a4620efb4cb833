package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** One real migration between two QEMU processes, step by step as PVE/QemuMigrate.pm goes. */
final class QemuMove implements Mover.Move {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss ", Locale.ROOT);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLLS_A_LINE = 10;
    private static final long BYTES_A_SECOND = 32L << 20;
    private static final int DOWNTIME_LIMIT_MILLIS = 100;
    private static final Duration ROLL_BACK = Duration.ofSeconds(10);
    private static final double UNIT = 1024;

    private final SmallGuest guest;
    private final PveRelease release;
    private final Duration handOver;
    private final Map<String, QemuNode> nodes;
    private final String from;
    private final String to;
    private final List<String> log = new ArrayList<>();
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final Thread worker = new Thread(this::work, "qemu-move");
    private final long begun = System.nanoTime();
    private Optional<String> exitStatus = Optional.empty();

    /** The migration failed, and what it leaves has to be cleaned up. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String reason) {
            super(reason);
        }
    }

    QemuMove(
            SmallGuest guest,
            PveRelease release,
            Duration handOver,
            Map<String, QemuNode> nodes,
            String from,
            String to) {
        this.guest = guest;
        this.release = release;
        this.handOver = handOver;
        this.nodes = nodes;
        this.from = from;
        this.to = to;
    }

    void start() {
        worker.start();
    }

    void join() throws InterruptedException {
        worker.join();
    }

    @Override
    public synchronized List<String> log() {
        return List.copyOf(log);
    }

    @Override
    public synchronized Optional<String> exitStatus() {
        return exitStatus;
    }

    @Override
    public void interrupt() {
        interrupted.countDown();
    }

    private synchronized void say(String text) {
        log.add(LocalDateTime.now(ZoneId.systemDefault()).format(STAMP) + text);
    }

    private synchronized void end(String status) {
        exitStatus = Optional.of(status);
    }

    private void work() {
        try {
            QemuNode source = at(from);
            say("starting migration of VM 100 to node '" + to + "' (192.0.2.12)");
            try {
                say("starting VM 100 on remote node '" + to + "'");
                Optional.ofNullable(nodes.remove(to)).ifPresent(QemuMove::closeQuietly);
                nodes.put(to, QemuNode.start(guest, to, List.of("-S", "-incoming", "defer")));
                copyMemory(source, at(to));
                // What Proxmox VE does before it lets the target go: the configuration moves in the cluster's file
                // system.
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, handOver.toNanos(), TimeUnit.NANOSECONDS)
                        .join();
                at(to).qmp().execute("cont");
                source.kill();
                nodes.remove(from);
                say("migration finished successfully (duration " + duration() + ")");
                end("OK");
            } catch (Failure failure) {
                rollBack(source, String.valueOf(failure.getMessage()));
            }
        } catch (IOException | RuntimeException broken) {
            say("ERROR: " + broken.getMessage());
            end("migration problems");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            end("unexpected status");
        }
    }

    private void copyMemory(QemuNode source, QemuNode target) throws IOException, InterruptedException, Failure {
        String socket = guest.folder().resolve("100.migrate").toString();
        target.qmp().execute("migrate-incoming", Qmp.arguments().put("uri", "unix:" + socket));
        say("start remote tunnel");
        say("ssh tunnel ver 1");
        say("starting online/live migration on unix:/run/qemu-server/100.migrate");
        say("set migration capabilities");
        say("migration speed limit: " + bytes(BYTES_A_SECOND) + "/s");
        say("migration downtime limit: " + DOWNTIME_LIMIT_MILLIS + " ms");
        say("set migration parameters");
        source.qmp()
                .execute(
                        "migrate-set-parameters",
                        Qmp.arguments()
                                .put("max-bandwidth", BYTES_A_SECOND)
                                .put("downtime-limit", DOWNTIME_LIMIT_MILLIS));
        say("start migrate command to unix:/run/qemu-server/100.migrate");
        long started = System.nanoTime();
        source.qmp().execute("migrate", Qmp.arguments().put("uri", "unix:" + socket));
        for (int poll = 1; ; poll++) {
            if (interrupted.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Failure("interrupted by signal");
            }
            JsonNode seen = source.qmp().execute("query-migrate");
            String status = seen.path("status").asText();
            JsonNode memory = seen.path("ram");
            if (status.equals("completed")) {
                completed(seen, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started));
                return;
            }
            if (status.equals("failed") || status.equals("cancelled")) {
                say("migration status error: " + status + " - "
                        + seen.path("error-desc").asText("no reason"));
                throw new Failure("aborting");
            }
            if (poll % POLLS_A_LINE == 0) {
                say("migration active, transferred "
                        + bytes(memory.path("transferred").asLong()) + " of "
                        + bytes(memory.path("total").asLong()) + " VM-state, "
                        + bytes((long) (memory.path("mbps").asDouble() * 1e6 / 8)) + "/s");
            }
        }
    }

    private void completed(JsonNode seen, long seconds) {
        if (seconds > 0) {
            say("average migration speed: "
                    + bytes(seen.path("ram").path("total").asLong() / seconds) + "/s - downtime "
                    + seen.path("downtime").asLong() + " ms");
        }
        if (release != PveRelease.V7_4) {
            say("migration completed, transferred "
                    + bytes(seen.path("ram").path("transferred").asLong()) + " VM-state");
        }
        say("migration status: completed");
    }

    private void rollBack(QemuNode source, String reason) throws IOException {
        say("ERROR: online migrate failure - " + reason);
        say("aborting phase 2 - cleanup resources");
        say("migrate_cancel");
        source.qmp().execute("migrate_cancel");
        awaitRunning(source);
        Optional.ofNullable(nodes.remove(to)).ifPresent(QemuMove::closeQuietly);
        say("ERROR: migration finished with problems (duration " + duration() + ")");
        end("migration problems");
    }

    private QemuNode at(String node) throws IOException {
        return Optional.ofNullable(nodes.get(node)).orElseThrow(() -> new IOException("no guest on " + node));
    }

    private static void closeQuietly(QemuNode node) {
        try {
            node.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void awaitRunning(QemuNode source) {
        try {
            await("the source runs again")
                    .pollInterval(POLL)
                    .atMost(ROLL_BACK)
                    .until(() -> source.status().equals("running"));
        } catch (ConditionTimeoutException paused) {
            // It is left so: what follows is the same.
        }
    }

    private String duration() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** As {@code render_bytes(x, 1)} does it. */
    private static String bytes(long amount) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double value = amount;
        int unit = 0;
        while (value >= UNIT && unit < units.length - 1) {
            value /= UNIT;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
