package io.jenkins.plugins.livemigration.engine.history;

import io.jenkins.plugins.livemigration.engine.verdict.regression.Acceptance;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Mute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people decided about the runs in a folder.
 *
 * @param formatVersion {@link #FORMAT_VERSION} when written by this engine
 * @param accepted newest last
 * @param muted newest last
 */
public record Decisions(int formatVersion, List<Accepted> accepted, List<Muted> muted) {
    /** The version that this engine writes. */
    public static final int FORMAT_VERSION = 1;

    /** Nobody decided anything. */
    public static final Decisions NONE = new Decisions(FORMAT_VERSION, List.of(), List.of());

    public Decisions {
        accepted = List.copyOf(accepted);
        muted = List.copyOf(muted);
    }

    /**
     * A new level was accepted.
     *
     * @param benchmark name of the benchmark that it is about
     * @param at when it was decided
     */
    public record Accepted(String benchmark, Acceptance acceptance, Instant at) {}

    /**
     * A metric was muted.
     *
     * @param benchmark name of the benchmark that it is about; all in the folder if absent
     * @param at when it was decided
     */
    public record Muted(Optional<String> benchmark, Mute mute, Instant at) {
        private boolean concerns(String name) {
            return benchmark.isEmpty() || benchmark.get().equals(name);
        }
    }

    /** These decisions and one more; it replaces an earlier one about the same figure. */
    public Decisions and(Accepted one) {
        List<Accepted> all = new ArrayList<>(accepted);
        all.removeIf(other -> other.benchmark().equals(one.benchmark())
                && other.acceptance()
                        .covers(one.acceptance().scenario(), one.acceptance().metric()));
        all.add(one);
        return new Decisions(FORMAT_VERSION, all, muted);
    }

    /** These decisions and one more; it replaces an earlier one about the same metric. */
    public Decisions and(Muted one) {
        List<Muted> all = new ArrayList<>(muted);
        all.removeIf(other -> other.benchmark().equals(one.benchmark())
                && other.mute().metric().equals(one.mute().metric()));
        all.add(one);
        return new Decisions(FORMAT_VERSION, accepted, all);
    }

    /** These decisions without the accepted level of that figure. */
    public Decisions withoutAcceptance(String benchmark, String scenario, String metric) {
        List<Accepted> kept = accepted.stream()
                .filter(one ->
                        !one.benchmark().equals(benchmark) || !one.acceptance().covers(scenario, metric))
                .toList();
        return new Decisions(FORMAT_VERSION, kept, muted);
    }

    /** These decisions without the mute of that metric. */
    public Decisions withoutMute(String benchmark, String metric) {
        List<Muted> kept = muted.stream()
                .filter(one -> !one.concerns(benchmark) || !one.mute().metric().equals(metric))
                .toList();
        return new Decisions(FORMAT_VERSION, accepted, kept);
    }

    /** The levels that were accepted for that benchmark. */
    public List<Acceptance> acceptances(String benchmark) {
        return accepted.stream()
                .filter(one -> one.benchmark().equals(benchmark))
                .map(Accepted::acceptance)
                .toList();
    }

    /** The mutes that hold for that benchmark, newest first. */
    public List<Mute> mutes(String benchmark) {
        List<Mute> mutes = new ArrayList<>();
        for (int i = muted.size() - 1; i >= 0; i--) {
            if (muted.get(i).concerns(benchmark)) {
                mutes.add(muted.get(i).mute());
            }
        }
        return mutes;
    }

    /** The baseline with these decisions about that benchmark; of its own those that these do not replace. */
    public Baseline in(Baseline baseline, String benchmark) {
        List<Acceptance> acceptances = acceptances(benchmark);
        List<Mute> mutes = mutes(benchmark);
        return baseline.with(
                Stream.concat(
                                acceptances.stream(),
                                baseline.acceptances().stream()
                                        .filter(old -> acceptances.stream()
                                                .noneMatch(own -> own.covers(old.scenario(), old.metric()))))
                        .toList(),
                Stream.concat(
                                mutes.stream(),
                                baseline.mutes().stream()
                                        .filter(old -> mutes.stream()
                                                .noneMatch(own -> own.metric().equals(old.metric()))))
                        .toList());
    }
}
