package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalFile;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.observe.Probes;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A whole run of a plan with one scenario, with a driver that the test made: with another pace, say. */
public final class DriverRun {
    private final ParsedPlan.Valid plan;
    private final Probes probes;
    private final Path folder;

    /**
     * Nothing runs yet.
     *
     * @param folder new and empty, for the run
     */
    public DriverRun(ParsedPlan.Valid plan, Probes probes, Path folder) {
        this.plan = plan;
        this.probes = probes;
        this.folder = folder;
    }

    /** Runs it, closes the driver, and reads the result from what was written. */
    public RunResult with(MigrationDriver driver, Cancellation breakOff, Consumer<JournalEntry> follower)
            throws IOException, InterruptedException {
        new WholeRun(plan, folder, probes)
                .run(scenario -> driver, journal -> end -> List.of(), follower, breakOff, new Cancellation());
        return ResultBuilder.build(JournalFile.read(folder), Optional.of(plan.plan()), new TraceFiles(folder));
    }
}
