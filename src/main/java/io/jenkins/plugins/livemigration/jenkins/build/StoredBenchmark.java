package io.jenkins.plugins.livemigration.jenkins.build;

import org.jspecify.annotations.Nullable;

/** One benchmark of a build, as build.xml has it: names of files, no results. XStream stores it: plain fields alone. */
public final class StoredBenchmark {
    private final String name;
    private final String folder;
    private @Nullable String verdict;
    private boolean over;
    private boolean returned;

    StoredBenchmark(String name, String folder) {
        this.name = name;
        this.folder = folder;
    }

    /** The benchmark's name; unique within the build. */
    public String getName() {
        return name;
    }

    /** The folder below the build's own, which is also its place in the page's address. */
    public String getFolder() {
        return folder;
    }

    /** The verdict's name; absent if no result was published. */
    public @Nullable String getVerdict() {
        return verdict;
    }

    /** Whether the step has ended. */
    public boolean isOver() {
        return over;
    }

    void judged(String status) {
        verdict = status;
    }

    void end(boolean asItShould) {
        over = true;
        returned = asItShould;
    }

    /** Whether another attempt may take its place: it ended, and not as it should. */
    boolean mayBeRepeated() {
        return over && !returned;
    }
}
