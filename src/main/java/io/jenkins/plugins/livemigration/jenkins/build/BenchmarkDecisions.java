package io.jenkins.plugins.livemigration.jenkins.build;

import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.livemigration.engine.history.Decisions;
import io.jenkins.plugins.livemigration.engine.history.PinnedBuilds;
import io.jenkins.plugins.livemigration.engine.report.Names;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Acceptance;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BuildFigures;
import io.jenkins.plugins.livemigration.engine.verdict.regression.FigureVerdict;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Mute;
import io.jenkins.plugins.livemigration.engine.verdict.regression.RegressionReport;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.job.JobDecisions;
import io.jenkins.plugins.livemigration.jenkins.job.Verdicts;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * What people decide on a benchmark's page: to accept a new level, to mute a metric for a while, to pin the build as golden.
 * Who may configure the job may decide: the same could be had by changing the limits.
 */
public final class BenchmarkDecisions {
    private static final String ACCEPTANCE = "acceptance";
    private static final String MUTE = "mute";
    private static final String PIN = "pin";
    private static final int LONGEST_REASON = 500;

    private final transient Run<?, ?> run;
    private final String benchmark;
    private final transient Optional<JudgedResult> judged;

    BenchmarkDecisions(Run<?, ?> run, String benchmark, Optional<JudgedResult> judged) {
        this.run = run;
        this.benchmark = benchmark;
        this.judged = judged;
    }

    /** Whether the reader may decide. */
    public boolean isAllowed() {
        return judged.isPresent() && run.getParent().hasPermission(Item.CONFIGURE);
    }

    /** The figures that gate, those that alarm first. */
    public List<DecisionLine> getFigures() {
        return figures().stream()
                .sorted(Comparator.comparing(figure -> !figure.alarmed()))
                .map(figure ->
                        new DecisionLine(ACCEPTANCE, value(figure), figure.scenario() + ": " + name(figure.metric())))
                .toList();
    }

    /** The metrics that gate. */
    public List<DecisionLine> getMetrics() {
        return figures().stream()
                .map(FigureVerdict::metric)
                .distinct()
                .map(metric -> new DecisionLine(MUTE, metric, name(metric)))
                .toList();
    }

    /** A metric's name in the reader's language, with the id that plans and sentences call it by. */
    private static String name(String metric) {
        return new Names(Words.locale()).metric(metric) + " (" + metric + ")";
    }

    /** Whether the build is pinned. */
    public boolean isPinned() throws IOException {
        return JobDecisions.of(run.getParent()).pins().of(benchmark).stream()
                .anyMatch(pin -> pin.build().label().equals(label()));
    }

    /** What is decided about the benchmark, all of it: with the job's other builds, too. */
    public List<DecisionLine> getDecided() throws IOException {
        JobDecisions all = JobDecisions.of(run.getParent());
        Decisions decisions = all.decisions();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        List<DecisionLine> lines = new ArrayList<>();
        for (Decisions.Accepted one : decisions.accepted()) {
            if (one.benchmark().equals(benchmark)) {
                Acceptance accepted = one.acceptance();
                lines.add(new DecisionLine(
                        ACCEPTANCE,
                        accepted.metric() + " " + accepted.scenario(),
                        Words.text(
                                "decision.accepted",
                                accepted.scenario(),
                                accepted.metric(),
                                accepted.fromBuild(),
                                accepted.who(),
                                day(one.at()),
                                accepted.why())));
            }
        }
        for (Decisions.Muted one : decisions.muted()) {
            Mute mute = one.mute();
            boolean ours = one.benchmark().map(benchmark::equals).orElse(true);
            if (ours && !today.isAfter(mute.untilDate())) {
                lines.add(new DecisionLine(
                        MUTE,
                        mute.metric(),
                        Words.text(
                                "decision.muted",
                                mute.metric(),
                                mute.untilDate(),
                                mute.who(),
                                day(one.at()),
                                mute.why())));
            }
        }
        for (PinnedBuilds.Pinned pin : all.pins().of(benchmark)) {
            lines.add(new DecisionLine(
                    PIN,
                    pin.build().label(),
                    Words.text("decision.pinned", pin.build().label(), pin.who(), day(pin.at()), pin.why())));
        }
        return lines;
    }

    /** Accepts the level that a figure has since this build. */
    @RequirePOST
    public HttpResponse doAccept(@QueryParameter @Nullable String figure, @QueryParameter @Nullable String why)
            throws IOException {
        run.getParent().checkPermission(Item.CONFIGURE);
        FigureVerdict chosen = figures().stream()
                .filter(one -> value(one).equals(figure))
                .findFirst()
                .orElseThrow(() -> new Failure(Words.text("decision.noFigure")));
        JudgedResult result = judged.orElseThrow();
        Acceptance acceptance = new Acceptance(
                chosen.metric(), chosen.scenario(), label(), result.result().startedAt(), who(), reason(why));
        decide(
                "accept " + value(chosen) + " since " + label() + ": " + acceptance.why(),
                all -> all.and(new Decisions.Accepted(benchmark, acceptance, Instant.now())));
        return back();
    }

    /** Keeps a metric from gating until a date. */
    @RequirePOST
    public HttpResponse doMute(
            @QueryParameter @Nullable String metric,
            @QueryParameter @Nullable String until,
            @QueryParameter @Nullable String why)
            throws IOException {
        run.getParent().checkPermission(Item.CONFIGURE);
        String chosen = getMetrics().stream()
                .map(DecisionLine::getValue)
                .filter(one -> one.equals(metric))
                .findFirst()
                .orElseThrow(() -> new Failure(Words.text("decision.noFigure")));
        LocalDate day = date(until);
        if (day.isBefore(LocalDate.now(ZoneOffset.UTC))) {
            throw new Failure(Words.text("decision.badDate"));
        }
        Mute mute = new Mute(chosen, day, who(), reason(why));
        decide(
                "mute " + chosen + " until " + day + ": " + mute.why(),
                all -> all.and(new Decisions.Muted(Optional.of(benchmark), mute, Instant.now())));
        return back();
    }

    /** Pins this build as golden: builds to come are held against it, so that slow creep shows. */
    @RequirePOST
    public HttpResponse doPin(@QueryParameter @Nullable String why) throws IOException {
        run.getParent().checkPermission(Item.CONFIGURE);
        JudgedResult result = judged.orElseThrow(() -> new Failure(Words.text("decision.noFigure")));
        JobDecisions all = JobDecisions.of(run.getParent());
        if (!isPinned() && all.pins().of(benchmark).size() >= PinnedBuilds.MOST) {
            throw new Failure(Words.text("decision.tooManyPins", PinnedBuilds.MOST));
        }
        PinnedBuilds.Pinned pin = new PinnedBuilds.Pinned(
                benchmark, BuildFigures.bounded(label(), result.result()), who(), reason(why), Instant.now());
        all.pin(who(), "pin " + label() + " of " + benchmark + ": " + pin.why(), pins -> pins.and(pin));
        return back();
    }

    /** Takes a decision back. */
    @RequirePOST
    public HttpResponse doWithdraw(@QueryParameter @Nullable String kind, @QueryParameter @Nullable String value)
            throws IOException {
        run.getParent().checkPermission(Item.CONFIGURE);
        DecisionLine line = getDecided().stream()
                .filter(one -> one.getKind().equals(kind) && one.getValue().equals(value))
                .findFirst()
                .orElseThrow(() -> new Failure(Words.text("decision.noFigure")));
        String what = "withdraw " + line.getKind() + " " + line.getValue();
        if (line.getKind().equals(PIN)) {
            JobDecisions.of(run.getParent()).pin(who(), what, pins -> pins.without(benchmark, line.getValue()));
        } else if (line.getKind().equals(MUTE)) {
            decide(what, all -> all.withoutMute(benchmark, line.getValue()));
        } else {
            String[] figure = line.getValue().split(" ", 2);
            decide(what, all -> all.withoutAcceptance(benchmark, figure[1], figure[0]));
        }
        return back();
    }

    private void decide(String what, UnaryOperator<Decisions> change) throws IOException {
        JobDecisions.of(run.getParent()).decide(who(), what + " (" + benchmark + ")", change);
        new Verdicts(run.getParent()).reconsider(benchmark, run.getNumber());
    }

    private List<FigureVerdict> figures() {
        return judged.flatMap(result -> result.verdict().regression()).map(RegressionReport::figures).stream()
                .flatMap(List::stream)
                .filter(FigureVerdict::primary)
                .toList();
    }

    /** A metric's id has no space. */
    private static String value(FigureVerdict figure) {
        return figure.metric() + " " + figure.scenario();
    }

    private String label() {
        return "#" + run.getNumber();
    }

    private static String who() {
        return Jenkins.getAuthentication2().getName();
    }

    private static String reason(@Nullable String why) {
        String plain = why == null ? "" : why.replaceAll("\\p{Cntrl}+", " ").strip();
        if (plain.isEmpty() || plain.length() > LONGEST_REASON) {
            throw new Failure(Words.text("decision.needsReason", LONGEST_REASON));
        }
        return plain;
    }

    private static LocalDate date(@Nullable String until) {
        try {
            return LocalDate.parse(until == null ? "" : until);
        } catch (DateTimeParseException none) {
            throw new Failure(Words.text("decision.badDate"));
        }
    }

    private static String day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static HttpResponse back() {
        return HttpResponses.redirectTo("../");
    }
}
