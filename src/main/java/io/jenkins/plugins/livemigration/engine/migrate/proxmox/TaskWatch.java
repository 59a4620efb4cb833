package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows a task through the API until it ends, and stops it on request. */
final class TaskWatch {
    private static final int PAGE = 500;
    private static final int PATIENCE_WITH_REFUSALS = 5;

    private final PveApi api;
    private final Pace pace;

    TaskWatch(PveApi api, Pace pace) {
        this.api = api;
        this.pace = pace;
    }

    /** How the following of a task ended. */
    sealed interface End {
        /**
         * The task has stopped.
         *
         * @param lastRunningNanos when it was last seen running, or was begun
         * @param seenNanos when it was seen to have stopped
         */
        record Stopped(String exitStatus, long lastRunningNanos, long seenNanos) implements End {
            /** Whether it did its work; warnings do not make it fail. */
            boolean ok() {
                return exitStatus.equals("OK") || exitStatus.startsWith("WARNINGS");
            }
        }

        /** It could not be followed to its end: it may still run. */
        record Lost(Message why) implements End {}
    }

    /** Follows a migration; its log goes to the report. */
    End follow(Upid task, MoveReport report, Cancellation cancellation) throws InterruptedException {
        String path = "/nodes/" + PveApi.encode(task.node()) + "/tasks/" + PveApi.encode(task.text());
        long begun = System.nanoTime();
        long lastRunning = begun;
        long lastContact = begun;
        int refusals = 0;
        long stopAsked = 0;
        while (true) {
            boolean tooLong = System.nanoTime() - begun > pace.longest().toNanos();
            if ((cancellation.requested() || tooLong) && stopAsked == 0) {
                stopAsked = Math.max(1, System.nanoTime());
                PveAnswer stop = api.delete(path);
                if (!(stop instanceof PveAnswer.Ok)) {
                    report.note(Message.of(
                            stop.forbidden() ? "migrate/proxmox.mayNotStop" : "migrate/proxmox.notStopped",
                            task.text(),
                            stop.complaint(),
                            task.node()));
                }
            }
            PveAnswer status = api.get(path + "/status");
            if (status instanceof PveAnswer.Ok) {
                long seen = System.nanoTime();
                lastContact = seen;
                refusals = 0;
                if (status.content().path("status").asText().equals("stopped")) {
                    readLog(path, report);
                    return new End.Stopped(
                            status.content().path("exitstatus").asText("unexpected status"), lastRunning, seen);
                }
                lastRunning = seen;
                readLog(path, report);
            } else if (status instanceof PveAnswer.Refused && ++refusals > PATIENCE_WITH_REFUSALS) {
                return new End.Lost(Message.of("migrate/proxmox.taskLost", task.text(), status.complaint()));
            }
            long now = System.nanoTime();
            if (now - lastContact > pace.lost().toNanos()) {
                return new End.Lost(Message.of("migrate/proxmox.taskLost", task.text(), status.complaint()));
            }
            if (stopAsked != 0 && now - stopAsked > pace.stop().toNanos()) {
                return new End.Lost(Message.of("migrate/proxmox.doesNotStop", task.text()));
            }
            Thread.sleep(pace.pollAfter(Duration.ofNanos(now - begun)).toMillis());
        }
    }

    /** Waits for a task of which only the end matters. */
    End await(Upid task) throws InterruptedException {
        String path = "/nodes/" + PveApi.encode(task.node()) + "/tasks/" + PveApi.encode(task.text()) + "/status";
        long begun = System.nanoTime();
        while (true) {
            PveAnswer status = api.get(path);
            if (status.content().path("status").asText().equals("stopped")) {
                return new End.Stopped(
                        status.content().path("exitstatus").asText("unexpected status"), begun, System.nanoTime());
            }
            if (System.nanoTime() - begun > pace.recovery().toNanos()) {
                return new End.Lost(Message.of("migrate/proxmox.taskLost", task.text(), status.complaint()));
            }
            Thread.sleep(
                    pace.pollAfter(Duration.ofNanos(System.nanoTime() - begun)).toMillis());
        }
    }

    /**
     * The guest's tasks of that type that began on that node at or after a time; empty if they cannot be read.
     *
     * @param sinceEpochSecond by the node's clock
     */
    Optional<List<Upid>> find(Guest guest, String node, String type, long sinceEpochSecond)
            throws InterruptedException {
        PveAnswer tasks = api.get(
                "/nodes/" + PveApi.encode(node) + "/tasks",
                Map.of(
                        "vmid",
                        String.valueOf(guest.vmid()),
                        "typefilter",
                        type,
                        "since",
                        String.valueOf(sinceEpochSecond),
                        "source",
                        "all"));
        if (!(tasks instanceof PveAnswer.Ok)) {
            return Optional.empty();
        }
        List<Upid> found = new ArrayList<>();
        for (JsonNode task : tasks.content()) {
            Upid.parse(task.path("upid").asText())
                    .filter(upid -> upid.started().getEpochSecond() >= sinceEpochSecond)
                    .filter(upid -> upid.type().equals(type))
                    .ifPresent(found::add);
        }
        return Optional.of(found);
    }

    /** Reads what is new in the log. The log is evidence: that it cannot be read now does not end anything. */
    private void readLog(String path, MoveReport report) throws InterruptedException {
        while (true) {
            int start = report.log().size();
            PveAnswer page =
                    api.get(path + "/log", Map.of("start", String.valueOf(start), "limit", String.valueOf(PAGE)));
            int added = 0;
            for (JsonNode line : page.content()) {
                String text = line.path("t").asText();
                // What stands where an empty or a missing log has no lines.
                boolean placeholder =
                        start == 0 && (text.equals("no content") || text.startsWith("unable to open file - "));
                if (!placeholder && line.path("n").asInt(start + added + 1) > start + added) {
                    report.line(text);
                    added++;
                }
            }
            if (added < PAGE) {
                return;
            }
        }
    }
}
