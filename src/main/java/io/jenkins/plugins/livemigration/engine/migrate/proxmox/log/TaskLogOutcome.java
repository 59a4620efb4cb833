package io.jenkins.plugins.livemigration.engine.migrate.proxmox.log;

import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog.End.Verdict;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog.Epilogue;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.text.Message;

/** How a migration ended, by its log. */
public final class TaskLogOutcome {
    private TaskLogOutcome() {}

    /**
     * The epilogue decides, whatever else was printed: a downtime and a "completed" may stand before a failure. Without an
     * epilogue the migration's own last word decides, and without that it is unfinished.
     */
    public static Outcome of(TaskLog log) {
        Epilogue epilogue = log.end().epilogue();
        Verdict verdict = log.end().verdict();
        if (epilogue instanceof Epilogue.Ok || epilogue instanceof Epilogue.Warnings) {
            return new Outcome.Succeeded();
        }
        if (epilogue instanceof Epilogue.Failed error) {
            return failed(log, error.text());
        }
        return switch (verdict) {
            case SUCCESSFUL -> new Outcome.Succeeded();
            case PROBLEMS -> failed(log, "migration problems");
            case ABORTED -> failed(log, "migration aborted");
            case UNSAID -> new Outcome.Unfinished();
        };
    }

    /** Why it failed: the log's first error that gives a reason, with the side it came from; else the given text. */
    public static Message cause(TaskLog log, String exitStatus) {
        return log.cause()
                .map(remark -> remark.origin() == TaskLog.Remark.Origin.TARGET
                        ? Message.of("migrate/proxmox/log.failedOnTarget", exitStatus, remark.node(), remark.text())
                        : Message.of("migrate/proxmox/log.failed", exitStatus, remark.text()))
                .orElseGet(() -> Message.of("migrate/proxmox/log.failedSilently", exitStatus));
    }

    /** The stage in which it failed: the last that had begun. */
    public static String stage(TaskLog log) {
        return log.lastStage().map(TaskLog.Stage::phase).orElse("task");
    }

    private static Outcome failed(TaskLog log, String exitStatus) {
        return new Outcome.Failed(stage(log), cause(log, exitStatus));
    }
}
