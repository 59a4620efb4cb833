package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.model.Run;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.build.BenchmarkAction;
import io.jenkins.plugins.livemigration.jenkins.build.StoredBenchmark;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds that ended with their controller while an engine of theirs ran: a freestyle build cannot go on after a restart. The
 * next build says so, since nobody else does.
 */
final class CutOffBuilds {
    /** So far back at most; builds without a benchmark may be in between. */
    private static final int LOOKED_AT = 10;

    private CutOffBuilds() {}

    /** A sentence for each benchmark that was cut off since the last build of the job that came to an end. */
    static List<String> before(Run<?, ?> build) {
        List<String> told = new ArrayList<>();
        Run<?, ?> earlier = build.getPreviousBuild();
        for (int i = 0; earlier != null && i < LOOKED_AT; i++) {
            BenchmarkAction action = earlier.getAction(BenchmarkAction.class);
            if (action != null && !earlier.isBuilding()) {
                List<StoredBenchmark> cutOff = action.getBenchmarks().stream()
                        .filter(benchmark -> !benchmark.isOver())
                        .toList();
                if (cutOff.isEmpty()) {
                    return told;
                }
                for (StoredBenchmark benchmark : cutOff) {
                    told.add(Words.text("builder.cutOff", earlier.getDisplayName(), benchmark.getName()));
                }
            }
            earlier = earlier.getPreviousBuild();
        }
        return told;
    }
}
