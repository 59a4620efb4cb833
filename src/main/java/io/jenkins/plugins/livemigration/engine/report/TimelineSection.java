package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outage;
import io.jenkins.plugins.livemigration.engine.result.Phase;
import io.jenkins.plugins.livemigration.engine.result.ProbeReport;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The timelines: of each scenario's typical and worst migration, large; of all, small. */
final class TimelineSection {
    /** By which metric a typical and a worst sample are chosen: the first that the scenario has. */
    private static final List<Metric> RANKING =
            List.of(Metrics.DOWNTIME_OBSERVED, Metrics.DOWNTIME_REPORTED, Metrics.MIGRATION_TIME_PLATFORM);

    private final Texts texts;
    private final JudgedResult judged;

    TimelineSection(Texts texts, JudgedResult judged) {
        this.texts = texts;
        this.judged = judged;
    }

    void write(Markup html) {
        List<Sample> drawable = judged.result().samples().stream()
                .filter(TimelineSection::drawable)
                .toList();
        if (drawable.isEmpty()) {
            return;
        }
        html.open("section").line();
        html.element("h2", texts.text("section.timelines"));
        html.element("p", texts.text("timelines.explained"), "class", "note");
        legend(html);
        for (String scenario : judged.result().scenarios()) {
            List<Sample> samples = drawable.stream()
                    .filter(sample -> sample.scenario().equals(scenario))
                    .toList();
            if (!samples.isEmpty()) {
                html.element("h3", scenario);
                scenario(html, samples);
            }
        }
        html.close().line();
    }

    /** One migration, whichever it is. */
    void one(Markup html, int order) {
        judged.result().samples().stream()
                .filter(sample -> sample.order() == order && drawable(sample))
                .findFirst()
                .ifPresent(
                        sample -> figure(html, sample, texts.text("timelines.chosen", order, Overview.path(sample))));
    }

    private static boolean drawable(Sample sample) {
        return !sample.phases().isEmpty() || !sample.probes().isEmpty();
    }

    private void scenario(Markup html, List<Sample> samples) {
        List<Sample> ranked = ranked(samples);
        if (!ranked.isEmpty()) {
            Sample typical = ranked.get((ranked.size() - 1) / 2);
            Sample worst = ranked.get(ranked.size() - 1);
            figure(html, typical, texts.text("timelines.typical", typical.order(), Overview.path(typical)));
            if (worst.order() != typical.order()) {
                figure(html, worst, texts.text("timelines.worst", worst.order(), Overview.path(worst)));
            }
        }
        html.open("details").element("summary", texts.text("timelines.all", samples.size()));
        html.open("figure");
        html.append(new TimelineStrips(texts, false).draw(samples));
        html.append(new TimelineStrips(texts, true).draw(samples));
        html.close().close().line();
    }

    /** The counting samples from best to worst; lower bounds are worse than everything measured. */
    private static List<Sample> ranked(List<Sample> samples) {
        for (Metric metric : RANKING) {
            Comparator<Sample> bound =
                    Comparator.comparing(sample -> sample.figure(metric).orElseThrow() instanceof Figure.AtLeast);
            List<Sample> ranked = samples.stream()
                    .filter(Sample::counts)
                    .filter(sample ->
                            sample.figure(metric).flatMap(Figure::amount).isPresent())
                    .sorted(bound.thenComparing(sample ->
                            sample.figure(metric).flatMap(Figure::amount).orElseThrow()))
                    .toList();
            if (!ranked.isEmpty()) {
                return ranked;
            }
        }
        return List.of();
    }

    private void figure(Markup html, Sample sample, String caption) {
        html.open("figure").line();
        html.element("figcaption", caption);
        pictures(html, sample, TimelineSpan.of(sample));
        TimelineSpan.ofOutage(sample).ifPresent(span -> {
            html.element("p", texts.text("timelines.enlarged"), "class", "note");
            pictures(html, sample, span);
        });
        html.open("details", "class", "figures").element("summary", texts.text("figures"));
        phases(html, sample);
        outages(html, sample);
        html.close().close().line();
    }

    private void pictures(Markup html, Sample sample, TimelineSpan span) {
        html.append(new TimelineChart(texts, sample, span, false).draw());
        html.append(new TimelineChart(texts, sample, span, true).draw());
    }

    private void phases(Markup html, Sample sample) {
        HtmlTable table = new HtmlTable(
                html,
                "figures",
                List.of(
                        texts.text("column.phase"),
                        HtmlTable.number(texts.text("column.start")),
                        HtmlTable.number(texts.text("column.end")),
                        HtmlTable.number(texts.text("column.length")),
                        HtmlTable.number(texts.text("column.bytes"))));
        for (Phase phase : sample.phases()) {
            table.row("")
                    .head(phase.name())
                    .number(time(phase.startMillis()), "")
                    .number(time(phase.endMillis()), "")
                    .number(time(phase.endMillis() - phase.startMillis()), "")
                    .number(
                            phase.bytes().isPresent()
                                    ? QuantityText.text((double) phase.bytes().getAsLong(), Unit.BYTES)
                                    : "–",
                            "")
                    .endRow();
        }
        table.end();
    }

    private void outages(Markup html, Sample sample) {
        if (sample.probes().isEmpty()) {
            return;
        }
        HtmlTable table = new HtmlTable(
                html,
                "figures",
                List.of(
                        texts.text("column.probe"),
                        HtmlTable.number(texts.text("column.outage")),
                        HtmlTable.number(texts.text("column.bounds")),
                        HtmlTable.number(texts.text("column.start")),
                        HtmlTable.number(texts.text("column.missing")),
                        HtmlTable.number(texts.text("column.answered")),
                        texts.text("column.during")));
        for (ProbeReport probe : sample.probes()) {
            String answered = probe.answered() + "/" + probe.sent();
            if (probe.outages().isEmpty()) {
                table.row("")
                        .head(probe.name())
                        .number("–", "")
                        .number("–", "")
                        .number("–", "")
                        .number("0", "")
                        .number(answered, "")
                        .cell("")
                        .endRow();
            }
            for (Outage outage : probe.outages()) {
                table.row("")
                        .head(probe.name())
                        .number(texts.quantity(outage.durationMillis(), outage.open(), Unit.MILLISECONDS), "")
                        .number(bounds(outage), "")
                        .number(time(outage.startMillis()), "")
                        .number(Long.toString(outage.missing()), "")
                        .number(answered, "")
                        .cell(String.join(", ", outage.phases()))
                        .endRow();
            }
        }
        table.end();
    }

    private static String bounds(Outage outage) {
        Optional<String> upper = outage.open() ? Optional.empty() : Optional.of(time(outage.upperMillis()));
        return time(outage.lowerMillis()) + " – " + upper.orElse("∞");
    }

    private void legend(Markup html) {
        html.open("ul", "class", "legend");
        for (String entry : List.of("phase", "reported", "observed", "outage")) {
            key(html, entry, texts.text("key." + entry));
        }
        key(html, "iteration", texts.text("key.iteration"));
        for (int step = 0; step <= HeatScale.STEPS.size(); step++) {
            String edge = step == 0 ? "< " + HeatScale.STEPS.get(0) : "≥ " + HeatScale.STEPS.get(step - 1);
            key(html, "heat h" + step, step == 0 ? texts.text("key.rtt") + " " + edge + "×" : edge + "×");
        }
        key(html, "heat none", texts.text("key.none"));
        html.close().line();
    }

    private static void key(Markup html, String cssClass, String text) {
        html.open("li").open("svg", "viewBox", "0 0 18 12", "class", "key", "aria-hidden", "true");
        if (cssClass.equals("iteration")) {
            html.empty("line", "x1", 9, "y1", 0, "x2", 9, "y2", 12, "class", cssClass);
        } else {
            html.empty("rect", "x", 0, "y", 0, "width", 18, "height", 12, "class", cssClass);
        }
        html.close().text(text).close();
    }

    private static String time(double millis) {
        return QuantityText.text(millis, Unit.MILLISECONDS);
    }
}
