package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.JournalFile;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on a platform in memory, and the result of each. */
abstract class RunTestBase {
    @TempDir
    Path folder;

    final Cancellation breakOff = new Cancellation();
    final Cancellation afterSample = new Cancellation();
    final FakePlatform platform = new FakePlatform("a");

    RunResult run(String keys) throws Exception {
        return run(keys, name -> platform);
    }

    RunResult run(String keys, Function<String, MigrationDriver> drivers) throws Exception {
        ParsedPlan.Valid plan = WholeRun.plan(keys);
        new WholeRun(plan, folder, new SilentProbes())
                .run(drivers, journal -> end -> List.of(), entry -> {}, breakOff, afterSample);
        return resultOf(Optional.of(plan.plan()));
    }

    RunResult resultOf(Optional<BenchmarkPlan> plan) throws Exception {
        return ResultBuilder.build(JournalFile.read(folder), plan, (file, length) -> Optional.empty());
    }
}
