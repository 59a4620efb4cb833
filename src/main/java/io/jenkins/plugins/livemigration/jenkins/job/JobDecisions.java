package io.jenkins.plugins.livemigration.jenkins.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hudson.model.Failure;
import hudson.model.Job;
import io.jenkins.plugins.livemigration.engine.history.DecisionFile;
import io.jenkins.plugins.livemigration.engine.history.Decisions;
import io.jenkins.plugins.livemigration.engine.history.PinnedBuilds;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What people decided about a job's benchmarks: accepted levels, mutes and pinned builds. In the job's folder: they are
 * renamed and moved with the job, and a copy of the job begins without them, as it begins without builds.
 */
public final class JobDecisions {
    /** So many decisions of a kind a job can hold. */
    private static final int MOST = 500;

    private static final long LONGEST_LOG = 4L << 20;
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path folder;

    JobDecisions(Path folder) {
        this.folder = folder;
    }

    /** The decisions about a job. */
    public static JobDecisions of(Job<?, ?> job) {
        return new JobDecisions(History.folder(job));
    }

    /** What was accepted and muted. */
    public Decisions decisions() throws IOException {
        return DecisionFile.read(folder);
    }

    /** What was pinned. */
    public PinnedBuilds pins() throws IOException {
        return PinnedBuilds.read(folder);
    }

    /**
     * Changes what was accepted and muted.
     *
     * @param who changes it
     * @param what is done, for the log beside the file
     * @throws IOException if it cannot be written
     * @throws Failure if there would be too many; nothing was changed then
     */
    public void decide(String who, String what, UnaryOperator<Decisions> change) throws IOException {
        synchronized (ONE_AT_A_TIME) {
            Decisions changed = change.apply(decisions());
            if (changed.accepted().size() > MOST || changed.muted().size() > MOST) {
                throw new Failure(Words.text("decision.tooMany", MOST));
            }
            DecisionFile.write(folder, changed);
            log(who, what);
        }
    }

    /** Changes what is pinned; as {@link #decide}. */
    public void pin(String who, String what, UnaryOperator<PinnedBuilds> change) throws IOException {
        synchronized (ONE_AT_A_TIME) {
            PinnedBuilds changed = change.apply(pins());
            if (changed.pinned().size() > MOST) {
                throw new Failure(Words.text("decision.tooMany", MOST));
            }
            changed.write(folder);
            log(who, what);
        }
    }

    /** What was withdrawn is not in the files any more, but here. */
    private void log(String who, String what) throws IOException {
        Path log = folder.resolve("decisions.jsonl");
        if (Files.exists(log) && Files.size(log) > LONGEST_LOG) {
            return;
        }
        String line = JsonNodeFactory.instance
                .objectNode()
                .put("at", Instant.now().toString())
                .put("who", who)
                .put("what", what)
                .toString();
        new HistoryFile(log).append(List.of(line));
    }
}
