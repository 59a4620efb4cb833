package io.jenkins.plugins.livemigration.engine.history;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.livemigration.engine.report.WholeFile;
import io.jenkins.plugins.livemigration.engine.result.ResultJson;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code pins.json}: golden builds that somebody pinned, with what a baseline keeps of them, so that they outlive the
 * builds.
 *
 * @param formatVersion {@link #FORMAT_VERSION} when written by this version
 * @param pinned in the order in which they were pinned
 */
public record PinnedBuilds(int formatVersion, List<Pinned> pinned) {
    /** The version that is written. */
    public static final int FORMAT_VERSION = 1;
    /** The file's name. */
    public static final String NAME = "pins.json";
    /** So many builds of one benchmark can be pinned. */
    public static final int MOST = 10;

    private static final long MOST_BYTES = 16 << 20;
    private static final PinnedBuilds NONE = new PinnedBuilds(FORMAT_VERSION, List.of());
    private static final JsonMapper MAPPER = ResultJson.builder().build();

    public PinnedBuilds {
        pinned = List.copyOf(pinned);
    }

    /**
     * One golden build.
     *
     * @param benchmark the name of the benchmark that it ran
     * @param at when it was pinned
     */
    public record Pinned(String benchmark, BaselineBuild build, String who, String why, Instant at) {}

    /** The pinned builds of a benchmark. */
    public List<Pinned> of(String benchmark) {
        return pinned.stream().filter(one -> one.benchmark().equals(benchmark)).toList();
    }

    /** These and one more; it replaces an earlier pin of the same build. */
    public PinnedBuilds and(Pinned one) {
        List<Pinned> all =
                new ArrayList<>(without(one.benchmark(), one.build().label()).pinned());
        all.add(one);
        return new PinnedBuilds(FORMAT_VERSION, all);
    }

    /** These without the build of that label. */
    public PinnedBuilds without(String benchmark, String label) {
        return new PinnedBuilds(
                FORMAT_VERSION,
                pinned.stream()
                        .filter(one -> !one.benchmark().equals(benchmark)
                                || !one.build().label().equals(label))
                        .toList());
    }

    /**
     * The builds pinned in that folder; none if it has no such file.
     *
     * @throws IOException if the file is there and cannot be read; the message names it and says why
     */
    public static PinnedBuilds read(Path folder) throws IOException {
        return VersionedFile.read(folder.resolve(NAME), MOST_BYTES, FORMAT_VERSION, PinnedBuilds.class)
                .orElse(NONE);
    }

    /** Writes the file, whole or not at all. */
    public void write(Path folder) throws IOException {
        WholeFile.write(folder.resolve(NAME), MAPPER.writeValueAsString(this) + "\n");
    }
}
