package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.journal.SideFile;
import io.jenkins.plugins.livemigration.engine.observe.ProbeSession;
import io.jenkins.plugins.livemigration.engine.observe.Probes;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** No probes at all: for tests that are about the loop. */
final class SilentProbes implements Probes {
    @Override
    public ProbeSession start(List<ProbePlan> plans, Path folder, String prefix, RunClock clock) {
        return new ProbeSession() {
            @Override
            public List<String> awaitReplies(int replies, Duration timeout) {
                return List.of();
            }

            @Override
            public List<SideFile> stop() {
                return List.of();
            }

            @Override
            public void close() {
                // nothing runs
            }
        };
    }
}
