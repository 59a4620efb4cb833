package io.jenkins.plugins.livemigration.jenkins.job;

import hudson.model.Job;
import hudson.model.Run;
import java.io.File;
import java.nio.file.Path;

/** A job of folders alone. */
final class FakeJob extends Job<FakeJob, FakeJob.FakeRun> {
    private final Path folder;
    private final String name;

    FakeJob(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    @Override
    public File getRootDir() {
        return folder.toFile();
    }

    @Override
    public File getBuildDir() {
        return folder.resolve("builds").toFile();
    }

    @Override
    public String getFullName() {
        return name;
    }

    HistoryStore history() {
        return History.of(this);
    }

    FakeRun run(int number) {
        return new FakeRun(this, number);
    }

    /** A build of it. */
    static final class FakeRun extends Run<FakeJob, FakeRun> {
        private final FakeJob job;
        private final int number;

        FakeRun(FakeJob job, int number) {
            this.job = job;
            this.number = number;
        }

        @Override
        public FakeJob getParent() {
            return job;
        }

        @Override
        public int getNumber() {
            return number;
        }
    }
}
