package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLogOutcome;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One migration through the API. */
final class ApiMove {
    private static final String HA_TASK = "hamigrate";
    /** How far the clock of the node that answers may be from that of the node that works. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(10);

    private final PveApi api;
    private final Guest guest;
    private final Pace pace;
    private final GuestPlace place;
    private final TaskWatch tasks;
    private final GuestLease lease;

    ApiMove(PveApi api, Guest guest, Pace pace, GuestLease lease) {
        this.api = api;
        this.guest = guest;
        this.pace = pace;
        this.place = new GuestPlace(api, guest);
        this.tasks = new TaskWatch(api, pace);
        this.lease = lease;
    }

    MigrationOutcome run(String from, String to, MigrationListener listener, Cancellation cancellation)
            throws InterruptedException {
        MoveReport report = new MoveReport(listener);
        if (cancellation.requested()) {
            return new MigrationOutcome.Cancelled(place.locate());
        }
        Whereabouts before = place.locate();
        if (!before.equals(new Whereabouts.RunningOn(from))) {
            return failed("prepare", Message.of("migrate/proxmox.notAtSource", guest.vmid(), from), before, report);
        }
        boolean conntrack = Conntrack.travels(api, guest, from, to, report);
        long since = api.now().minus(CLOCKS_APART).getEpochSecond();
        Optional<Set<Upid>> tasksBefore = migrations(from, since);
        report.requested();
        PveAnswer answer = api.post(guest.path(from) + "/migrate", guest.migration(to, conntrack));
        if (answer instanceof PveAnswer.Refused refused) {
            return failed("request", Message.of("migrate/proxmox.refused", refused.text()), place.locate(), report);
        }
        Optional<Upid> task = answer instanceof PveAnswer.Ok ok
                ? Upid.parse(ok.data().asText())
                : begunNevertheless((PveAnswer.Unreachable) answer, from, since, tasksBefore, report);
        if (task.isEmpty()) {
            return failed("request", Message.of("migrate/proxmox.noTask", answer.complaint()), place.locate(), report);
        }
        boolean managed = task.get().type().equals(HA_TASK);
        if (managed) {
            Optional<Upid> real = realTask(task.get(), from);
            if (real.isEmpty() && cancellation.requested()) {
                report.note(Message.of("migrate/proxmox.haDidNothing", from));
                return new MigrationOutcome.Cancelled(place.locate());
            }
            if (real.isEmpty()) {
                return failed("request", Message.of("migrate/proxmox.haDidNothing", from), place.locate(), report);
            }
            task = real;
        }
        TaskWatch.End end = tasks.follow(task.get(), report, cancellation);
        report.logEnded();
        return judge(end, to, managed && guest.container(), report, cancellation);
    }

    /**
     * Says how it went.
     *
     * @param startedLater whether the guest is started after the task's end: the HA manager moves a container that it has shut
     *     down, and starts it in a later round
     */
    private MigrationOutcome judge(
            TaskWatch.End end, String to, boolean startedLater, MoveReport report, Cancellation cancellation)
            throws InterruptedException {
        if (end instanceof TaskWatch.End.Lost lost) {
            Whereabouts unknown = new Whereabouts.Unknown(lost.why());
            return cancellation.requested()
                    ? new MigrationOutcome.Cancelled(unknown)
                    : failed(TaskLogOutcome.stage(report.log().soFar()), lost.why(), unknown, report);
        }
        TaskWatch.End.Stopped stopped = (TaskWatch.End.Stopped) end;
        lease.renewAfterMove();
        if (cancellation.requested()) {
            Whereabouts now = settled();
            reportLeftovers(now, report);
            return new MigrationOutcome.Cancelled(now);
        }
        if (!stopped.ok()) {
            TaskLog log = report.log().soFar();
            return failed(
                    TaskLogOutcome.stage(log), TaskLogOutcome.cause(log, stopped.exitStatus()), settled(), report);
        }
        Sight arrived = await(new Whereabouts.RunningOn(to)::equals, startedLater ? pace.ha() : pace.confirm());
        if (!arrived.now().equals(new Whereabouts.RunningOn(to))) {
            return failed("confirm", Message.of("migrate/proxmox.notArrived", guest.vmid(), to), arrived.now(), report);
        }
        if (startedLater) {
            report.confirmed(arrived.lastNanos(), arrived.seenNanos(), Message.of("migrate/proxmox.polledGuest"));
        } else {
            report.confirmed(stopped.lastRunningNanos(), stopped.seenNanos(), Message.of("migrate/proxmox.polledTask"));
        }
        return new MigrationOutcome.Completed();
    }

    /** The guest's migrations that began there since; empty if they cannot be read. */
    private Optional<Set<Upid>> migrations(String from, long since) throws InterruptedException {
        Set<Upid> all = new HashSet<>();
        for (String type : List.of(guest.migrationTask(), HA_TASK)) {
            Optional<List<Upid>> found = tasks.find(guest, from, type, since);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(found.get());
        }
        return Optional.of(all);
    }

    /**
     * A request of which nobody knows whether it arrived: if it did there is a task that was not there before. Goes by that and
     * not by the time, since the clocks of the node that answers and of the one that works may differ.
     */
    private Optional<Upid> begunNevertheless(
            PveAnswer.Unreachable answer, String from, long since, Optional<Set<Upid>> before, MoveReport report)
            throws InterruptedException {
        if (!answer.maybeDone()) {
            return Optional.empty();
        }
        report.note(Message.of("migrate/proxmox.answerLost", answer.why()));
        long deadline = System.nanoTime() + pace.confirm().toNanos();
        while (before.isPresent()) {
            Set<Upid> begun = migrations(from, since).orElse(Set.of());
            // Of an HA-managed guest both may be there already: the request's task leads to the other.
            Optional<Upid> found = begun.stream()
                    .filter(task -> !before.get().contains(task))
                    .min(Comparator.comparing((Upid task) -> !task.type().equals(HA_TASK))
                            .thenComparing(Upid::started));
            if (found.isPresent() || System.nanoTime() > deadline) {
                return found;
            }
            Thread.sleep(pace.retry().toMillis());
        }
        return Optional.empty();
    }

    /**
     * The HA manager's task only asks for the migration and ends at once. The work is a later task of {@code root@pam}'s,
     * which shows only to callers with Sys.Audit on the node.
     */
    private Optional<Upid> realTask(Upid request, String from) throws InterruptedException {
        tasks.await(request);
        long deadline = System.nanoTime() + pace.ha().toNanos();
        while (true) {
            Optional<Upid> found = tasks.find(
                            guest,
                            from,
                            guest.migrationTask(),
                            request.started().getEpochSecond())
                    .flatMap(all -> all.stream().max(Comparator.comparing(Upid::started)));
            if (found.isPresent() || System.nanoTime() > deadline) {
                return found;
            }
            Thread.sleep(pace.retry().toMillis());
        }
    }

    /** Where the guest is once it is somewhere: right after a task the cluster may still show what was before. */
    private Whereabouts settled() throws InterruptedException {
        return await(Whereabouts.RunningOn.class::isInstance, pace.confirm()).now();
    }

    /**
     * Where the guest was seen.
     *
     * @param lastNanos when the look before was begun
     */
    private record Sight(Whereabouts now, long lastNanos, long seenNanos) {}

    private Sight await(Predicate<Whereabouts> good, Duration longest) throws InterruptedException {
        long begun = System.nanoTime();
        long last = begun;
        while (true) {
            long look = System.nanoTime();
            Whereabouts now = place.locate();
            if (good.test(now) || System.nanoTime() - begun > longest.toNanos()) {
                return new Sight(now, last, System.nanoTime());
            }
            last = look;
            Thread.sleep(pace.pollAfter(Duration.ZERO).toMillis());
        }
    }

    private MigrationOutcome failed(String stage, Message cause, Whereabouts now, MoveReport report)
            throws InterruptedException {
        reportLeftovers(now, report);
        return new MigrationOutcome.Failed(stage, cause, now);
    }

    /** Nothing is started or unlocked here: the API cannot prove that only one QEMU process of the guest exists. */
    private void reportLeftovers(Whereabouts now, MoveReport report) throws InterruptedException {
        if (!(now instanceof Whereabouts.Absent)) {
            place.leftovers().forEach(report::note);
        }
    }
}
