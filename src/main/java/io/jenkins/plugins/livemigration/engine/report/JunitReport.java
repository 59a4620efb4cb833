package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Judgement;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import io.jenkins.plugins.livemigration.engine.verdict.regression.RegressionReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * {@code junit.xml}: a suite per scenario, with a case per metric and one for the migrations themselves; a suite for the
 * run as a whole. UNSTABLE and FAIL are failures, INCONCLUSIVE, metrics without values and muted regressions are skipped,
 * INFRASTRUCTURE is an error. The {@code time} of a case is the median of a duration.
 */
public final class JunitReport implements Report {
    private final Texts texts = new Texts(Locale.ENGLISH);

    @Override
    public List<File> render(JudgedResult judged) {
        List<Suite> suites = new ArrayList<>();
        suites.add(new Suite(
                "run",
                List.of(caseOf("run", judged, judgement -> judgement.scenario().isEmpty(), Optional.empty()))));
        for (String scenario : judged.result().scenarios()) {
            List<Case> cases = new ArrayList<>();
            cases.add(caseOf(
                    "migrations",
                    judged,
                    judgement -> judgement.scenario().equals(scenario)
                            && judgement.metric().isEmpty(),
                    Optional.empty()));
            for (Metric metric : Metrics.all()) {
                Optional<Summary> summary = new Overview(judged).summary(scenario, Optional.empty(), metric);
                if (summary.isPresent()) {
                    cases.add(caseOf(
                            metric.id(),
                            judged,
                            judgement -> judgement.scenario().equals(scenario)
                                    && judgement.metric().equals(metric.id()),
                            summary));
                }
            }
            suites.add(new Suite(scenario, cases));
        }
        return List.of(new File("junit.xml", xml(judged, suites)));
    }

    private Case caseOf(String name, JudgedResult judged, Predicate<Judgement> concerns, Optional<Summary> summary) {
        List<Judgement> judgements =
                judged.verdict().judgements().stream().filter(concerns).toList();
        Status status = judgements.stream()
                .map(Judgement::status)
                .max(Comparator.naturalOrder())
                .orElse(Status.PASS);
        List<String> reasons = new ArrayList<>(judgements.stream()
                .filter(judgement -> judgement.status() == status && status != Status.PASS)
                .map(judgement -> texts.of(judgement.sentence()))
                .toList());
        boolean withoutValue = summary.isPresent() && summary.get().n() == 0;
        if (withoutValue) {
            summary.get().absent().forEach(absent -> reasons.add(texts.of(absent.reason())));
        }
        List<String> muted = mutedRegressions(judged, judgements);
        reasons.addAll(muted);
        boolean skipped = withoutValue || !muted.isEmpty();
        Status shown = skipped && status.compareTo(Status.INCONCLUSIVE) < 0 ? Status.INCONCLUSIVE : status;
        return new Case(name, shown, String.join(" ", reasons), summary);
    }

    /** What got worse and does not gate for a while: neither passed nor failed. */
    private List<String> mutedRegressions(JudgedResult judged, List<Judgement> judgements) {
        return judged.verdict().regression().stream()
                .flatMap(report -> judgements.stream()
                        .filter(judgement -> judgement.rule().equals(RegressionReport.RULE))
                        .flatMap(judgement -> report.figure(judgement.scenario(), judgement.metric()).stream()))
                .filter(figure -> figure.alarmed() && figure.mute().isPresent())
                .map(figure -> texts.of(figure.sentence()))
                .toList();
    }

    private String xml(JudgedResult judged, List<Suite> suites) {
        Markup xml = new Markup();
        xml.open("testsuites", "name", judged.result().name()).line();
        for (Suite suite : suites) {
            xml.open(
                            "testsuite",
                            "name",
                            suite.name(),
                            "timestamp",
                            judged.result().startedAt(),
                            "tests",
                            suite.cases().size(),
                            "failures",
                            suite.count(Status.UNSTABLE) + suite.count(Status.FAIL),
                            "errors",
                            suite.count(Status.INFRASTRUCTURE),
                            "skipped",
                            suite.count(Status.INCONCLUSIVE))
                    .line();
            for (Case test : suite.cases()) {
                write(xml, judged.result().name() + "." + suite.name().replace('.', '_'), test);
            }
            xml.close().line();
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + xml.close().line().finished();
    }

    private void write(Markup xml, String className, Case test) {
        xml.open("testcase", "classname", className, "name", test.name(), "time", test.seconds());
        switch (test.status()) {
            case UNSTABLE, FAIL ->
                xml.element("failure", test.reason(), "type", test.status(), "message", test.reason());
            case INFRASTRUCTURE -> xml.element("error", test.reason(), "type", test.status(), "message", test.reason());
            case INCONCLUSIVE -> xml.empty("skipped", "message", test.reason());
            case PASS, INSUFFICIENT_BASELINE -> {}
        }
        test.summary().flatMap(Summary::spread).ifPresent(spread -> {
            Unit unit = Metrics.find(test.name()).map(Metric::unit).orElse(Unit.COUNT);
            xml.element(
                    "system-out",
                    texts.text(
                            "junit.values",
                            test.summary().get().n(),
                            texts.quantity(spread.median(), spread.medianIsAtLeast(), unit),
                            texts.quantity(spread.best(), false, unit),
                            texts.quantity(spread.worst(), spread.worstIsAtLeast(), unit)));
        });
        xml.close().line();
    }

    private record Suite(String name, List<Case> cases) {
        long count(Status status) {
            return cases.stream().filter(test -> test.status() == status).count();
        }
    }

    private record Case(String name, Status status, String reason, Optional<Summary> summary) {
        String seconds() {
            boolean duration = Metrics.find(name)
                    .map(metric -> metric.unit() == Unit.MILLISECONDS)
                    .orElse(false);
            return summary.flatMap(Summary::spread)
                    .filter(spread -> duration)
                    .map(spread -> BigDecimal.valueOf(Math.round(spread.median() * 1000), 6)
                            .stripTrailingZeros()
                            .toPlainString())
                    .orElse("0");
        }
    }
}
