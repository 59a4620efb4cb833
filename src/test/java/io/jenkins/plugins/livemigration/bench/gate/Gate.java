package io.jenkins.plugins.livemigration.bench.gate;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Evidence that the gate is good: what the product's own classes say about simulated jobs, whose truth is known. Prints
 * Markdown; exits with 1 if a bar is missed. Started by {@code bench/gate}.
 */
final class Gate {
    /** By the upper 95 % bound, for builds without a shift. */
    static final double MOST_UNSTABLE = 0.055;
    /** By the upper 95 % bound, for builds without a shift. */
    static final double MOST_FAIL = 0.012;

    static final double[] BETWEEN = {0, 0.05, 0.10};
    static final double[] WITHIN = {0.08, 0.20};
    static final int[] HISTORY = {3, 5, 10, 20};
    static final int RUNS = 10;

    private static final Noise REFERENCE = new Noise(0.05, 0.08, Noise.Shape.PLAIN);
    private static final int DRIFT_BUILDS = 40;

    private final int builds;
    private final long seed;
    private final Predicate<Noise> chosen;
    private final PrintStream out;
    private final List<String> missed = new ArrayList<>();
    private int cells;

    private Gate(int builds, long seed, Predicate<Noise> chosen, PrintStream out) {
        this.builds = builds;
        this.seed = seed;
        this.chosen = chosen;
        this.out = out;
    }

    /** {@code BUILDS SEED CSV}; behind them the name of one kind of noise, of which then the first table is made alone. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        boolean whole = arguments.length <= 3;
        Predicate<Noise> chosen = noise -> whole || noise.toString().equals(arguments[3]);
        Gate gate = new Gate(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]), chosen, out);
        boolean kept = gate.run(whole ? Optional.of(Path.of(arguments[2])) : Optional.empty());
        out.flush();
        System.exit(kept ? 0 : 1);
    }

    private boolean run(Optional<Path> published) throws IOException {
        long start = System.nanoTime();
        line("Builds per cell: %d; seed %d; %d runs per build, half of them in each direction.", builds, seed, RUNS);
        Map<Noise, Map<Integer, Map<Shift, Rates>>> all = exchangeable();
        demand("no such noise", !all.isEmpty());
        if (published.isPresent()) {
            rolling();
            confirmation();
            peers(all);
            changePoints();
            drift();
            published(published.get());
        }
        line("");
        line(
                "%d cells without a shift; %s. Took %d s.",
                cells,
                missed.isEmpty() ? "all keep the bars" : "MISSED: " + String.join("; ", missed),
                (System.nanoTime() - start) / 1_000_000_000L);
        return missed.isEmpty();
    }

    private Map<Noise, Map<Integer, Map<Shift, Rates>>> exchangeable() {
        line("");
        line("### Exchangeable builds");
        line("");
        line("Without a shift: share and upper 95 %% bound. With one: share of UNSTABLE or worse / of FAIL.");
        line("");
        List<String> shifts =
                GateCell.SHIFTS.stream().skip(1).map(Shift::toString).toList();
        line("| noise | k | UNSTABLE or worse | FAIL | %s |", String.join(" | ", shifts));
        line("|---|---|---|---|%s", "---|".repeat(shifts.size()));
        Map<Noise, Map<Integer, Map<Shift, Rates>>> all = new LinkedHashMap<>();
        for (Noise.Shape shape : Noise.Shape.values()) {
            for (double between : BETWEEN) {
                for (double within : WITHIN) {
                    Noise noise = new Noise(between, within, shape);
                    for (int history : chosen.test(noise) ? HISTORY : new int[0]) {
                        boolean peers = history == 10 && (shape == Noise.Shape.PLAIN || shape == Noise.Shape.BOTH);
                        Map<Shift, Rates> rates =
                                new GateCell(noise, history, RUNS).run(builds, peers, random(noise, history));
                        all.computeIfAbsent(noise, key -> new LinkedHashMap<>()).put(history, rates);
                        exchangeable(noise, history, rates);
                    }
                }
            }
        }
        if (chosen.test(REFERENCE)) {
            power(all.get(REFERENCE).get(10));
        }
        return all;
    }

    private void exchangeable(Noise noise, int history, Map<Shift, Rates> rates) {
        Rates still = rates.get(Shift.NONE);
        hold(noise + ", k = " + history, still);
        List<String> found = new ArrayList<>();
        rates.forEach((shift, rate) -> {
            if (shift.figures() > 0) {
                found.add(percent(rate.share(GateCell.UNSTABLE_OR_WORSE)) + " / " + percent(rate.share(GateCell.FAIL)));
            }
        });
        line(
                "| %s | %d | %s | %s | %s |",
                noise,
                history,
                bounded(still, GateCell.UNSTABLE_OR_WORSE),
                bounded(still, GateCell.FAIL),
                String.join(" | ", found));
    }

    private void power(Map<Shift, Rates> rates) {
        Rates one = rates.get(new Shift(1, 0.25));
        Rates both = rates.get(new Shift(2, 0.25));
        line("");
        line(
                "Power at %s, k = 10, +25 %% (lower 95 %% bound): UNSTABLE or worse if both scenarios shift %s (%s), "
                        + "if one does %s (%s); FAIL if both %s (%s).",
                REFERENCE,
                percent(both.share(GateCell.UNSTABLE_OR_WORSE)),
                percent(both.lower(GateCell.UNSTABLE_OR_WORSE)),
                percent(one.share(GateCell.UNSTABLE_OR_WORSE)),
                percent(one.lower(GateCell.UNSTABLE_OR_WORSE)),
                percent(both.share(GateCell.FAIL)),
                percent(both.lower(GateCell.FAIL)));
        demand("power, both", both.lower(GateCell.UNSTABLE_OR_WORSE) >= 0.90);
        demand("power, one", one.lower(GateCell.UNSTABLE_OR_WORSE) >= 0.75);
        demand("power of FAIL, both", both.lower(GateCell.FAIL) >= 0.70);
    }

    private void rolling() {
        line("");
        line("### Rolling jobs");
        line("");
        line(
                "The last build of jobs of 20 builds and two windows, whose own verdicts decide what enters the baseline.");
        line("");
        line("| noise | window | UNSTABLE or worse | FAIL | the same if no alarm ever entered |");
        line("|---|---|---|---|---|");
        List<Noise> noises =
                List.of(REFERENCE, new Noise(0.10, 0.08, Noise.Shape.PLAIN), new Noise(0.10, 0.08, Noise.Shape.BOTH));
        for (Noise noise : noises) {
            for (int window : HISTORY) {
                Rates product = new RollingJob(noise, window, RUNS)
                        .run(builds, RollingJob.Policy.PRODUCT, random(noise, window));
                Rates strict = new RollingJob(noise, window, RUNS)
                        .run(Math.max(1, builds / 10), RollingJob.Policy.ALARMS_STAY_OUT, random(noise, window));
                hold("rolling " + noise + ", window " + window, product);
                line(
                        "| %s | %d | %s | %s | %s / %s |",
                        noise,
                        window,
                        bounded(product, GateCell.UNSTABLE_OR_WORSE),
                        bounded(product, GateCell.FAIL),
                        percent(strict.share(GateCell.UNSTABLE_OR_WORSE)),
                        percent(strict.share(GateCell.FAIL)));
            }
        }
    }

    private void confirmation() {
        line("");
        line("### Confirmation");
        line("");
        line("Share of builds that are UNSTABLE or worse; after a fresh start that is FAIL.");
        line("");
        List<String> rounds = List.of(ConfirmedCell.FIRST, ConfirmedCell.SAME_BOOT, ConfirmedCell.FRESH_START);
        line("| noise | k | shift | %s |", String.join(" | ", rounds));
        line("|---|---|---|---|---|---|");
        for (Noise noise : List.of(REFERENCE, new Noise(0.10, 0.08, Noise.Shape.PLAIN))) {
            for (int history : HISTORY) {
                for (Shift shift : List.of(Shift.NONE, new Shift(1, 0.25), new Shift(2, 0.25))) {
                    Rates rates = new ConfirmedCell(noise, history, RUNS).run(builds, shift, random(noise, history));
                    line(
                            "| %s | %d | %s | %s |",
                            noise,
                            history,
                            shift,
                            String.join(
                                    " | ",
                                    rounds.stream()
                                            .map(round -> bounded(rates, round))
                                            .toList()));
                }
            }
        }
    }

    private void peers(Map<Noise, Map<Integer, Map<Shift, Rates>>> all) {
        line("");
        line("### The rules of the peers on the same builds");
        line("");
        line("k = 10. Share of builds that alarm: without a shift / +25 %% in one / +25 %% in both scenarios.");
        line("");
        line("| noise | this gate | %s |", String.join(" | ", PeerRules.ALL));
        line("|---|---|%s", "---|".repeat(PeerRules.ALL.size()));
        all.forEach((noise, byHistory) -> {
            if (noise.shape() == Noise.Shape.PLAIN || noise.shape() == Noise.Shape.BOTH) {
                Map<Shift, Rates> rates = byHistory.get(10);
                List<String> row = new ArrayList<>();
                List<String> rules = new ArrayList<>(List.of(GateCell.UNSTABLE_OR_WORSE));
                rules.addAll(PeerRules.ALL);
                for (String rule : rules) {
                    row.add(percent(rates.get(Shift.NONE).share(rule)) + " / "
                            + percent(rates.get(new Shift(1, 0.25)).share(rule)) + " / "
                            + percent(rates.get(new Shift(2, 0.25)).share(rule)));
                }
                line("| %s | %s |", noise, String.join(" | ", row));
            }
        });
    }

    private void changePoints() {
        int jobs = Math.max(20, builds / 50);
        line("");
        line(
                "E-Divisive (5 %%, segments of 3) on the medians of 20 builds and of 5 more after the shift, %d jobs:",
                jobs);
        line("share of jobs with a change point in any figure.");
        line("");
        line("| noise | no shift | +25 %% in one | +25 %% in both |");
        line("|---|---|---|---|");
        for (double between : BETWEEN) {
            Noise noise = new Noise(between, 0.08, Noise.Shape.PLAIN);
            List<String> row = new ArrayList<>();
            for (Shift shift : List.of(Shift.NONE, new Shift(1, 0.25), new Shift(2, 0.25))) {
                row.add(percent(new ChangePointRates(noise, 20, 5, RUNS)
                        .run(jobs, shift, random(noise, 0))
                        .share("change point")));
            }
            line("| %s | %s |", noise, String.join(" | ", row));
        }
    }

    private void drift() {
        int jobs = Math.max(20, builds / 40);
        line("");
        line("### Drift");
        line("");
        line("%d jobs of %d builds after the golden ones, all four figures drifting, window 10.", jobs, DRIFT_BUILDS);
        line("");
        line("| noise | drift a build | golden builds | creep reported | first after (median, 9 of 10) "
                + "| rolling gate UNSTABLE or worse |");
        line("|---|---|---|---|---|---|");
        for (double between : new double[] {0.05, 0.10}) {
            Noise noise = new Noise(between, 0.08, Noise.Shape.PLAIN);
            for (double drift : new double[] {0, 0.01, 0.02}) {
                for (int golden : new int[] {1, 5, 10}) {
                    DriftingJob.Seen seen = new DriftingJob(noise, drift, golden, 10, RUNS)
                            .run(jobs, DRIFT_BUILDS, random(noise, golden));
                    line(
                            "| %s | %s | %d | %s | %s | %s |",
                            noise,
                            percent(drift),
                            golden,
                            percent(seen.reported()),
                            seen.reported() == 0
                                    ? "-"
                                    : String.format(Locale.ROOT, "%.0f, %.0f builds", seen.median(), seen.ninth()),
                            percent(seen.gateUnstable()));
                }
            }
        }
    }

    private void published(Path csv) throws IOException {
        line("");
        line("### The 150 published runs");
        line("");
        line("Per environment ten builds of five, the rows' effect removed; downtime and migration time.");
        line("");
        line("| environment | builds 4 to 10 against those before | each against the other nine "
                + "| the same without telling directions apart | downtime out / back (median) | back / out, p |");
        line("|---|---|---|---|---|---|");
        for (PublishedRuns.Seen seen : PublishedRuns.judge(csv)) {
            line(
                    "| %s | %s | %s | %s | %.1f s / %.1f s | %.2f, p = %.2g |",
                    seen.environment(),
                    PublishedRuns.count(seen.rolling()),
                    PublishedRuns.count(seen.leaveOneOut()),
                    PublishedRuns.count(seen.withoutDirections()),
                    seen.outMedian(),
                    seen.backMedian(),
                    seen.backMinusOut(),
                    seen.p());
        }
    }

    private void hold(String cell, Rates rates) {
        cells++;
        demand(cell + ": UNSTABLE", rates.upper(GateCell.UNSTABLE_OR_WORSE) <= MOST_UNSTABLE);
        demand(cell + ": FAIL", rates.upper(GateCell.FAIL) <= MOST_FAIL);
    }

    private void demand(String what, boolean kept) {
        if (!kept) {
            missed.add(what);
        }
    }

    /** Every cell has random numbers of its own, whatever else is run. */
    private SplittableRandom random(Noise noise, int history) {
        long key = Math.round(1000 * noise.between()) * 1_000_003
                + Math.round(1000 * noise.within()) * 10_007
                + noise.shape().name().hashCode() * 101L
                + history;
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + key);
    }

    private static String bounded(Rates rates, String what) {
        return percent(rates.share(what)) + " (" + percent(rates.upper(what)) + ")";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.0995 ? "%.2f %%" : "%.1f %%", 100 * share);
    }

    private void line(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
