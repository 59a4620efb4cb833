package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A second look at what was suspected: the alarming scenarios, run again in the same build.
 *
 * <p>In the same boot the second round shares whatever offset this boot has: it can only tell the noise of single runs from
 * a shift of the whole build. After a fresh start of workload, lab or hosts it is a second draw, so an alarm in both is
 * FAIL. The two draws are held against the same baseline, so that by chance both alarm more often than 0.05 x 0.05 of the
 * time: docs/verdict.md has the simulated shares, at most 1 % of good builds.
 *
 * @param rounds one per suspected figure
 */
public record Confirmation(Freshness freshness, List<Round> rounds) {
    public Confirmation {
        rounds = List.copyOf(rounds);
    }

    /** What the two rounds have in common. */
    public enum Freshness {
        SAME_BOOT,
        FRESH_START
    }

    /**
     * One suspected figure in the second round.
     *
     * @param first the verdict of the first round
     * @param second the second round's, held against the same baseline; absent if it has no value to compare
     * @param confirmed the second round alarms too, on its own
     */
    public record Round(FigureVerdict first, Optional<FigureVerdict> second, boolean confirmed, Message sentence) {}

    /**
     * The first round's report as the second round leaves it. A second round that did not run to its end leaves it as it
     * is, and is named.
     *
     * @param baseline of the first round
     */
    public static RegressionReport combine(
            RegressionReport first, SecondRound second, RegressionRule rule, Baseline baseline) {
        if (second.complete()) {
            return combine(first, Optional.of(rule.judge(second.run(), baseline)), second.freshness(), List.of());
        }
        return combine(
                first,
                Optional.empty(),
                second.freshness(),
                List.of(
                        Message.of("verdict/regression.secondRoundIncomplete"),
                        second.run().end().reason()));
    }

    /**
     * The first round's report as the second round leaves it.
     *
     * @param second the report of the second round's run against the same baseline
     */
    static RegressionReport combine(RegressionReport first, RegressionReport second, Freshness freshness) {
        return combine(first, Optional.of(second), freshness, List.of());
    }

    private static RegressionReport combine(
            RegressionReport first, Optional<RegressionReport> second, Freshness freshness, List<Message> remarks) {
        List<FigureVerdict> figures = new ArrayList<>();
        List<Round> rounds = new ArrayList<>();
        for (FigureVerdict figure : first.figures()) {
            if (figure.gates() && figure.alarmed()) {
                Round round = round(
                        figure, second.flatMap(report -> report.figure(figure.scenario(), figure.metric())), freshness);
                rounds.add(round);
                figures.add(figure.with(status(round, freshness), round.sentence()));
            } else {
                figures.add(figure);
            }
        }
        if (rounds.isEmpty()) {
            return first;
        }
        Status status = figures.stream()
                .map(figure -> figure.gates() ? figure.status() : Status.PASS)
                .max(Status::compareTo)
                .orElseThrow();
        List<Message> notes = new ArrayList<>(first.notes());
        notes.addAll(remarks);
        return new RegressionReport(
                status,
                sentence(first, rounds, freshness),
                figures,
                first.failures(),
                first.creep(),
                first.changes(),
                first.builds(),
                first.skipped(),
                notes,
                Optional.of(new Confirmation(freshness, rounds)));
    }

    private static Message sentence(RegressionReport first, List<Round> rounds, Freshness freshness) {
        List<Round> again = rounds.stream()
                .filter(round -> round.confirmed() && round.second().isPresent())
                .toList();
        if (again.isEmpty()) {
            return rounds.stream().anyMatch(Round::confirmed)
                    ? first.sentence()
                    : Message.of(key("overallNotConfirmed", freshness), rounds.size());
        }
        return Message.of(
                key("overallConfirmed", freshness),
                again.size(),
                rounds.size(),
                Sentences.labels(first.builds()),
                again.stream()
                        .map(round ->
                                round.first().scenario() + " " + round.first().metric() + " "
                                        + round.first()
                                                .against()
                                                .map(Confirmation::numbers)
                                                .orElse("") + ", "
                                        + round.second()
                                                .flatMap(FigureVerdict::against)
                                                .map(Confirmation::numbers)
                                                .orElse(""))
                        .collect(Collectors.joining("; ")));
    }

    /** Whether a figure's regression was confirmed by a second draw, so that it may not become the baseline by itself. */
    public boolean confirmedAfresh(String scenario, String metric) {
        return freshness == Freshness.FRESH_START
                && rounds.stream()
                        .anyMatch(round -> round.confirmed() && round.first().is(scenario, metric));
    }

    private static Round round(FigureVerdict first, Optional<FigureVerdict> second, Freshness freshness) {
        Optional<AgainstBaseline> again = second.flatMap(FigureVerdict::against);
        boolean confirmed = again.isEmpty() || confirms(again.get().p(), matters(first, again.get()));
        String key = again.isEmpty() ? "confirmationWithoutValue" : confirmed ? "confirmed" : "notConfirmed";
        Message sentence = Message.of(
                key(key, freshness),
                first.scenario(),
                first.metric(),
                first.against().map(Confirmation::numbers).orElse(""),
                again.map(Confirmation::numbers).orElse(""),
                first.n(),
                second.map(FigureVerdict::n).orElse(0),
                first.builds().size(),
                Sentences.labels(first.builds()));
        return new Round(first, second, confirmed, sentence);
    }

    /**
     * Whether a second round confirms.
     *
     * @param p of the figure in the second round, raw: only what was suspected is looked at again
     * @param relevant whether its change matters
     */
    public static boolean confirms(double p, boolean relevant) {
        return relevant && p < AlarmLevels.USUAL.unstable();
    }

    private static boolean matters(FigureVerdict first, AgainstBaseline again) {
        boolean higherIsWorse = first.against().orElseThrow().matters() > again.baselineMedian();
        double value =
                again.ratio() ? again.baselineMedian() * again.change() : again.baselineMedian() + again.change();
        return higherIsWorse ? value >= again.matters() * (1 - 1e-9) : value <= again.matters() * (1 + 1e-9);
    }

    private static Status status(Round round, Freshness freshness) {
        if (!round.confirmed()) {
            return Status.PASS;
        }
        return freshness == Freshness.FRESH_START && round.second().isPresent()
                ? Status.FAIL
                : round.first().status();
    }

    private static String numbers(AgainstBaseline against) {
        return (against.ratio() ? "\u00d7" : "+")
                + String.format(Locale.ROOT, "%.2f", against.change())
                + " (" + Sentences.probability("p", against.p()) + ", " + Sentences.probability("q", against.q()) + ")";
    }

    private static String key(String name, Freshness freshness) {
        return switch (name) {
            case "overallNotConfirmed" ->
                freshness == Freshness.FRESH_START
                        ? "verdict/regression.overallNotConfirmedAfresh"
                        : "verdict/regression.overallNotConfirmedInSameBoot";
            case "overallConfirmed" ->
                freshness == Freshness.FRESH_START
                        ? "verdict/regression.overallConfirmedAfresh"
                        : "verdict/regression.overallConfirmedInSameBoot";
            case "confirmationWithoutValue" -> "verdict/regression.confirmationWithoutValue";
            case "confirmed" ->
                freshness == Freshness.FRESH_START
                        ? "verdict/regression.confirmedAfresh"
                        : "verdict/regression.confirmedInSameBoot";
            default ->
                freshness == Freshness.FRESH_START
                        ? "verdict/regression.notConfirmedAfresh"
                        : "verdict/regression.notConfirmedInSameBoot";
        };
    }
}
