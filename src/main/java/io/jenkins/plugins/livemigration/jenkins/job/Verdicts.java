package io.jenkins.plugins.livemigration.jenkins.job;

import hudson.model.Job;
import io.jenkins.plugins.livemigration.engine.history.KeptBaseline;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Reevaluation;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a job's runs are judged now, when people have accepted a level or muted a metric since they ended. Neither results nor
 * builds are changed: a verdict is made anew of the result and of what it was compared with, and the trend's list notes it.
 */
public final class Verdicts {
    /** So many of the newest runs are judged anew at most. */
    private static final int MOST = 20;
    /** For the engine's own texts about builds no prefix is needed: they are the job's own. */
    private static final String OWN = "";

    private final Job<?, ?> job;

    /** The verdicts of a job's runs. */
    public Verdicts(Job<?, ?> job) {
        this.job = job;
    }

    /** Whether a run is judged anew: somebody decided something on its page, or on that of a run before it. */
    public boolean isJudgedAnew(int build, String benchmark) throws IOException {
        return History.of(job).isJudgedAnew(build, benchmark);
    }

    /**
     * A result as it is judged by what was decided until now; as it was judged then if it was compared with nothing.
     *
     * @param folder where it is, and what it was compared with
     */
    public JudgedResult now(Path folder, JudgedResult then) throws IOException {
        Optional<Baseline> kept = KeptBaseline.read(folder);
        if (kept.isEmpty()) {
            return then;
        }
        Baseline decided =
                JobDecisions.of(job).decisions().in(kept.get(), then.result().name());
        BaselineBuilder builder = new BaselineBuilder(Reevaluation.regression(then.result()));
        return Reevaluation.of(then, Optional.of(builder.comparable(then.result(), decided)));
    }

    /**
     * Judges a benchmark's runs anew.
     *
     * @param from the first build
     */
    public void reconsider(String benchmark, int from) throws IOException {
        HistoryStore history = History.of(job);
        PastResults results = new PastResults(history, job.getBuildDir().toPath(), OWN);
        List<HistoryEntry> runs = history.runs().stream()
                .filter(run -> run.name().equals(benchmark) && run.build() >= from)
                .toList();
        for (HistoryEntry run : runs.subList(Math.max(0, runs.size() - MOST), runs.size())) {
            Optional<PastResults.Found> found = results.found(run);
            if (found.isPresent()) {
                JudgedResult now = now(found.get().folder(), found.get().judged());
                history.judgedAnew(
                        run.build(), benchmark, now.verdict().status().name());
            }
        }
    }
}
