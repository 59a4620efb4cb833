package io.jenkins.plugins.livemigration.jenkins.job;

import hudson.model.Job;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A job's results over its builds, without loading any build: {@code live-migration-benchmark/history.jsonl} in the job's
 * folder, which moves along when the job is renamed or moved, and is not copied with it.
 */
public final class History {
    private static final String FILE = "live-migration-benchmark/history.jsonl";
    private static final ConcurrentHashMap<Path, Object> LOCKS = new ConcurrentHashMap<>();

    private final Job<?, ?> job;
    private final HistoryFile file;
    private final Object lock;

    private History(Job<?, ?> job) {
        this.job = job;
        Path path = job.getRootDir().toPath().resolve(FILE);
        this.file = new HistoryFile(path);
        this.lock = LOCKS.computeIfAbsent(path, anyPath -> new Object());
    }

    /** The job's history. */
    public static History of(Job<?, ?> job) {
        return new History(job);
    }

    /** Adds a build's result. */
    public void append(int build, JudgedResult judged) throws IOException {
        synchronized (lock) {
            file.append(HistoryEntry.of(build, judged));
        }
    }

    /** The entries of builds that still exist, in order; of several of one build and name the last. */
    public List<HistoryEntry> entries() throws IOException {
        Set<Integer> builds = builds();
        List<HistoryEntry> all;
        synchronized (lock) {
            all = file.read();
        }
        List<HistoryEntry> kept = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            HistoryEntry entry = all.get(i);
            if (builds.contains(entry.build()) && seen.add(entry.build() + " " + entry.name())) {
                kept.add(entry);
            }
        }
        Collections.reverse(kept);
        return kept;
    }

    private Set<Integer> builds() {
        Set<Integer> numbers = new HashSet<>();
        File[] folders = job.getBuildDir().listFiles();
        if (folders != null) {
            for (File folder : folders) {
                if (folder.getName().matches("[0-9]{1,9}")) {
                    numbers.add(Integer.valueOf(folder.getName()));
                }
            }
        }
        return numbers;
    }
}
