package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;

/** Brings a workload back to life through its driver, with some patience for a host that is away for a moment. */
final class Rescue {
    private static final int ATTEMPTS = 5;

    private final Journal journal;
    private final Duration between;

    /**
     * Makes a rescue.
     *
     * @param between how long to wait before a host that could not be reached is asked again
     */
    Rescue(Journal journal, Duration between) {
        this.journal = journal;
        this.between = between;
    }

    /** Recovers, unless the workload is known to run in one place; says where it is then. */
    Whereabouts unlessRunning(Whereabouts known, MigrationDriver driver) throws InterruptedException {
        return known instanceof Whereabouts.RunningOn ? known : recover(driver);
    }

    /** Recovers; asks again while it cannot be told where the workload is. */
    Whereabouts recover(MigrationDriver driver) throws InterruptedException {
        Recovery recovery = driver.recover();
        for (int attempt = 1; attempt < ATTEMPTS && recovery.whereabouts() instanceof Whereabouts.Unknown; attempt++) {
            Thread.sleep(between.toMillis());
            recovery = driver.recover();
        }
        journal.append(new JournalEvent.Recovered(
                recovery.alive(), describe(recovery.whereabouts()).toString(), recovery.actions()));
        return recovery.whereabouts();
    }

    /** Where a workload is, as a sentence. */
    static Message describe(Whereabouts whereabouts) {
        if (whereabouts instanceof Whereabouts.RunningOn running) {
            return Message.of("engine.runningOn", running.host());
        }
        if (whereabouts instanceof Whereabouts.NotRunning stopped) {
            return Message.of("engine.notRunning", stopped.detail());
        }
        if (whereabouts instanceof Whereabouts.Absent absent) {
            return Message.of("engine.absent", absent.detail());
        }
        if (whereabouts instanceof Whereabouts.Duplicated duplicated) {
            return Message.of("engine.duplicated", duplicated.detail());
        }
        return Message.of("engine.unknownWhereabouts", ((Whereabouts.Unknown) whereabouts).detail());
    }
}
