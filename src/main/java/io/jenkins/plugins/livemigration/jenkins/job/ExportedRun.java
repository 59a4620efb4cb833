package io.jenkins.plugins.livemigration.jenkins.job;

import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A benchmark of a build in the trend's {@code api/json}. docs/jenkins.md documents the fields. */
@ExportedBean(defaultVisibility = 2)
public final class ExportedRun {
    private final transient HistoryEntry run;

    ExportedRun(HistoryEntry run) {
        this.run = run;
    }

    @Exported
    public int getBuild() {
        return run.build();
    }

    @Exported
    public String getName() {
        return run.name();
    }

    /** When it began, in milliseconds since 1970, as builds have it. */
    @Exported
    public long getTimestamp() {
        return run.at().toEpochMilli();
    }

    /** As it was judged when it ended; {@code NO_RESULT} if it left none. */
    @Exported
    public String getVerdict() {
        return run.was();
    }

    /** As it is judged now: another one if somebody accepted a level or muted a metric since. */
    @Exported
    public String getVerdictNow() {
        return run.status();
    }

    /** What was different about the hosts from the run before. */
    @Exported
    public List<String> getChanges() {
        return run.changes();
    }
}
