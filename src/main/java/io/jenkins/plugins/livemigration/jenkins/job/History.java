package io.jenkins.plugins.livemigration.jenkins.job;

import hudson.model.Job;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;

/** Where a job's history is: in the job's folder, with which it is renamed and moved. */
public final class History {
    private static final ConcurrentHashMap<Path, HistoryStore> STORES = new ConcurrentHashMap<>();

    private History() {}

    /** The job's history. */
    public static HistoryStore of(Job<?, ?> job) {
        Path folder = folder(job);
        return STORES.computeIfAbsent(
                folder, path -> new HistoryStore(path, job.getBuildDir().toPath()));
    }

    /** What we keep of a job. */
    static Path folder(Job<?, ?> job) {
        return job.getRootDir().toPath().resolve(BuildFolders.OURS);
    }
}
