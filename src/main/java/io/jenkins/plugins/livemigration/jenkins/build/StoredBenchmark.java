package io.jenkins.plugins.livemigration.jenkins.build;

import org.jspecify.annotations.Nullable;

/** One benchmark of a build, as build.xml has it: names of files, no results. XStream stores it: plain fields alone. */
public final class StoredBenchmark {
    private final String name;
    private final String folder;
    /** Absent in builds of earlier versions. */
    private final @Nullable String key;

    private @Nullable String verdict;
    private boolean over;
    private boolean returned;

    /**
     * A benchmark that begins.
     *
     * @param key of the attempt: a step that is resumed has the same one
     */
    StoredBenchmark(String name, String folder, String key) {
        this.name = name;
        this.folder = folder;
        this.key = key;
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

    /** Whether it is that very attempt. */
    boolean isOf(String attempt) {
        return attempt.equals(key);
    }

    /** Whether another attempt may take its place: it ended, and not as it should. */
    boolean mayBeRepeated() {
        return over && !returned;
    }
}
