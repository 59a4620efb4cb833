package io.jenkins.plugins.livemigration.engine.verdict.regression;

import java.util.List;
import java.util.Optional;

/**
 * What a run is compared with: a bounded extract of earlier builds, and what people decided about them.
 *
 * @param formatVersion {@link #FORMAT_VERSION} when written by this engine
 * @param builds comparable good builds, oldest first
 * @param golden pinned builds against which slow creep shows; usually one to ten
 * @param skipped what is not part of it, and why
 */
public record Baseline(
        int formatVersion,
        List<BaselineBuild> builds,
        List<BaselineBuild> golden,
        List<SkippedBuild> skipped,
        List<Acceptance> acceptances,
        List<Mute> mutes) {
    /** The version that this engine writes. */
    public static final int FORMAT_VERSION = 1;

    /** Nothing to compare with. */
    public static final Baseline EMPTY =
            new Baseline(FORMAT_VERSION, List.of(), List.of(), List.of(), List.of(), List.of());

    public Baseline {
        builds = List.copyOf(builds);
        golden = List.copyOf(golden);
        skipped = List.copyOf(skipped);
        acceptances = List.copyOf(acceptances);
        mutes = List.copyOf(mutes);
    }

    /** The newest build, if there is one. */
    public Optional<BaselineBuild> newest() {
        return builds.isEmpty() ? Optional.empty() : Optional.of(builds.get(builds.size() - 1));
    }

    /** The same with other pinned builds. */
    public Baseline withGolden(List<BaselineBuild> pinned) {
        return new Baseline(formatVersion, builds, pinned, skipped, acceptances, mutes);
    }

    /** The same with what people decided. */
    public Baseline with(List<Acceptance> accepted, List<Mute> muted) {
        return new Baseline(formatVersion, builds, golden, skipped, accepted, muted);
    }
}
