package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLogOutcome;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.RunningCommand;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.List;

/** One migration with {@code qm} or {@code pct}. The command's exit code decides. */
final class QmMove {
    private final Guest guest;
    private final ClusterHosts cluster;
    private final Pace pace;
    private final QmRecovery recovery;

    QmMove(Guest guest, ClusterHosts cluster, Pace pace) {
        this.guest = guest;
        this.cluster = cluster;
        this.pace = pace;
        this.recovery = new QmRecovery(guest, cluster, pace);
    }

    MigrationOutcome run(String from, String to, MigrationListener listener, Cancellation cancellation)
            throws InterruptedException {
        MoveReport report = new MoveReport(listener);
        Whereabouts before = recovery.locate();
        if (cancellation.requested()) {
            return new MigrationOutcome.Cancelled(before);
        }
        if (!before.equals(new Whereabouts.RunningOn(from))) {
            return failed("prepare", Message.of("migrate/proxmox.notAtSource", guest.vmid(), from), before, report);
        }
        String command = QmDriver.command(guest, to, Conntrack.travels(new Pvesh(cluster), guest, from, to, report));
        Object lines = new Object();
        report.requested();
        RunningCommand running = cluster.start(from, command, line -> {
            synchronized (lines) {
                report.line(line);
            }
        });
        CommandResult result = await(running, from, report, cancellation);
        synchronized (lines) {
            report.logEnded();
        }
        if (result instanceof CommandResult.Lost lost) {
            recovery.untilNoWorker(from);
            Whereabouts now = recovery.locate();
            return cancellation.requested()
                    ? new MigrationOutcome.Cancelled(now)
                    : failed(stage(report), Message.of("migrate/proxmox.commandLost", from, lost.why()), now, report);
        }
        if (cancellation.requested()) {
            Whereabouts now = recovery.locate();
            reportLeftovers(now, report);
            return new MigrationOutcome.Cancelled(now);
        }
        if (!result.ok()) {
            TaskLog log = report.log().soFar();
            return failed(
                    stage(report),
                    // What a command refuses before its task begins is all that it prints.
                    log.lines() == 0
                            ? QmDriver.complaint(result)
                            : TaskLogOutcome.cause(
                                    log, QmDriver.complaint(result).toString()),
                    recovery.locate(),
                    report);
        }
        CommandResult.Ended ended = (CommandResult.Ended) result;
        Whereabouts now = recovery.locate();
        if (!now.equals(new Whereabouts.RunningOn(to))) {
            return failed("confirm", Message.of("migrate/proxmox.notArrived", guest.vmid(), to), now, report);
        }
        report.confirmed(ended.endNanos(), ended.endNanos(), Message.of("migrate/proxmox.commandEnded"));
        return new MigrationOutcome.Completed();
    }

    private CommandResult await(RunningCommand running, String from, MoveReport report, Cancellation cancellation)
            throws InterruptedException {
        Thread stopper = new Thread(() -> stop(from, running, report), "stop-migration");
        stopper.setDaemon(true);
        CommandResult result;
        try (Cancellation.Reaction reaction = cancellation.onRequest(stopper::start)) {
            result = running.await(pace.longest());
        }
        stopper.join();
        return result;
    }

    /** Tells the task to stop, which cleans up behind itself; only a command that stays is killed. */
    private void stop(String from, RunningCommand running, MoveReport report) {
        try {
            CommandResult told = cluster.run(from, QmRecovery.stopScript(guest));
            if (!told.ok()) {
                report.note(Message.of("migrate/proxmox.notStopped", guest.vmid(), told.complaint(), from));
            }
            if (!recovery.untilNoWorker(from, pace.stop())) {
                report.note(Message.of("migrate/proxmox.doesNotStop", guest.vmid()));
            }
            Thread.sleep(pace.retry().toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        running.kill();
    }

    private static String stage(MoveReport report) {
        return TaskLogOutcome.stage(report.log().soFar());
    }

    private MigrationOutcome failed(String stage, Message cause, Whereabouts now, MoveReport report)
            throws InterruptedException {
        reportLeftovers(now, report);
        return new MigrationOutcome.Failed(stage, cause, now);
    }

    /** A lock that a killed task has left on a guest that runs is taken off: it would make all further samples fail. */
    private void reportLeftovers(Whereabouts now, MoveReport report) throws InterruptedException {
        recovery.leftovers().forEach(report::note);
        if (now instanceof Whereabouts.RunningOn) {
            List<Message> actions = new ArrayList<>();
            recovery.bringBack(actions);
            actions.forEach(report::note);
        }
    }
}
