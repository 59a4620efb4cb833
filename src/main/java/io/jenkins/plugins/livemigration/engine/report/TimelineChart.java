package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outage;
import io.jenkins.plugins.livemigration.engine.result.Phase;
import io.jenkins.plugins.livemigration.engine.result.ProbeReport;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The timeline of one migration: phases, what the platform reports and what a client saw drawn to one scale, and every
 * probe, over the time since the migration was asked for.
 */
final class TimelineChart {
    private static final double BAR = 20;
    private static final double GAP = 6;
    private static final double LANE_LABEL = 15;
    private static final double MARK_LABEL = 14;
    private static final double AXIS = 22;

    private final Texts texts;
    private final Sample sample;
    private final boolean narrow;
    private final TimelineSpan span;
    private final double width;
    private final double gutter;

    TimelineChart(Texts texts, Sample sample, TimelineSpan span, boolean narrow) {
        this.texts = texts;
        this.sample = sample;
        this.narrow = narrow;
        this.span = span;
        this.width = narrow ? 400 : 960;
        this.gutter = narrow ? 0 : 132;
    }

    Markup draw() {
        List<List<Phase>> rows = packed(sample.phases().stream()
                .filter(phase -> span.shows(phase.startMillis(), phase.endMillis()))
                .toList());
        List<Mark> marks = sample.marks().stream()
                .filter(mark -> mark.kind() != Mark.Kind.ITERATION && span.shows(mark.atMillis(), mark.atMillis()))
                .toList();
        Optional<ProbeReport> heat = Samples.primary(sample);
        double lane = narrow ? LANE_LABEL : 0;
        double top = marks.size() * MARK_LABEL + 8;
        double height = top
                + (rows.isEmpty() ? 0 : lane + rows.size() * (BAR + 3) + GAP)
                + lane
                + 2 * (BAR + 3)
                + GAP
                + sample.probes().size() * (lane + BAR + GAP)
                + (heat.isPresent() ? lane + BAR + GAP : 0)
                + AXIS;
        Drawing drawing = new Drawing(
                width, height, narrow ? "chart narrow" : "chart wide", texts.text("timeline.title", sample.order()));
        Scale x = new Scale(span.start(), span.end(), gutter + 1, width - 1);
        double bottom = height - AXIS;
        drawing.bottomAxis(x, top, bottom, Unit.MILLISECONDS, 80);
        marks(drawing, x, marks, bottom);
        // Where no phase is known, or none is in sight, a lane would be nothing but its label.
        double y = rows.isEmpty() ? top : phases(drawing, x, rows, top);
        y = downtimes(drawing, x, y);
        for (ProbeReport probe : sample.probes()) {
            y = probe(drawing, x, probe, y);
        }
        if (heat.isPresent()) {
            heat(drawing, x, heat.get(), y);
        }
        return drawing.finish();
    }

    private void marks(Drawing drawing, Scale x, List<Mark> marks, double bottom) {
        double y = MARK_LABEL;
        for (Mark mark : marks) {
            double at = x.clamped(mark.atMillis());
            String label = texts.text("mark." + mark.kind().name()) + " "
                    + QuantityText.text(mark.atMillis(), Unit.MILLISECONDS);
            drawing.line(at, y - 4, at, bottom, "mark");
            drawing.beside(at, at, y, label, "marklabel");
            y += MARK_LABEL;
        }
    }

    private double phases(Drawing drawing, Scale x, List<List<Phase>> rows, double top) {
        double y = label(drawing, top, texts.text("lane.phases"));
        for (List<Phase> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                Phase phase = row.get(i);
                double from = x.clamped(phase.startMillis());
                double to = x.clamped(phase.endMillis());
                drawing.rect(from, y, to - from, BAR, "phase", hint(phase));
                drawing.text((from + to) / 2, y + 14, Drawing.fitting(phase.name(), to - from - 8), "inphase middle");
            }
            y += BAR + 3;
        }
        for (Mark mark : sample.marks()) {
            if (mark.kind() == Mark.Kind.ITERATION && span.shows(mark.atMillis(), mark.atMillis())) {
                double at = x.clamped(mark.atMillis());
                drawing.line(at, top, at, y, "iteration");
            }
        }
        return y + GAP;
    }

    private double downtimes(Drawing drawing, Scale x, double top) {
        double y = label(drawing, top, texts.text("lane.downtime"));
        double start = Samples.downtimeStart(sample);
        bar(drawing, x, y, start, Metrics.DOWNTIME_REPORTED, "reported", texts.text("bar.reported"));
        bar(drawing, x, y + BAR + 3, start, Metrics.DOWNTIME_OBSERVED, "observed", texts.text("bar.observed"));
        beyond(drawing, x, y + BAR + 3, start);
        return y + 2 * (BAR + 3) + GAP;
    }

    private void bar(Drawing drawing, Scale x, double y, double start, Metric metric, String cssClass, String name) {
        Optional<Figure> figure = sample.figure(metric);
        Optional<Double> amount = figure.flatMap(Figure::amount);
        double from = x.clamped(start);
        if (amount.isEmpty()) {
            drawing.text(from, y + 14, name + " –", "value");
            return;
        }
        double to = x.clamped(start + amount.get());
        String text = name + " " + texts.figure(figure.get(), metric.unit());
        drawing.rect(from, y, to - from, BAR, cssClass, text);
        double end = to;
        if (figure.get() instanceof Figure.Measured measured && measured.upper() > measured.lower()) {
            double low = x.clamped(start + measured.lower());
            end = x.clamped(start + measured.upper());
            double whisker = y + BAR - 4;
            drawing.line(low, whisker, end, whisker, "bounds");
            drawing.line(low, whisker - 3, low, whisker + 3, "bounds");
            drawing.line(end, whisker - 3, end, whisker + 3, "bounds");
        }
        drawing.beside(from, end, y + 14, text, "value strong");
    }

    /** Marks in the observed bar where the reported one ends, and how much more a client saw. */
    private void beyond(Drawing drawing, Scale x, double y, double start) {
        Optional<Double> reported = sample.figure(Metrics.DOWNTIME_REPORTED).flatMap(Figure::amount);
        Optional<Double> observed = sample.figure(Metrics.DOWNTIME_OBSERVED).flatMap(Figure::amount);
        if (reported.isEmpty() || observed.isEmpty() || observed.get() <= reported.get()) {
            return;
        }
        double from = x.clamped(start + reported.get());
        double to = x.clamped(start + observed.get());
        String more = "+" + QuantityText.text(observed.get() - reported.get(), Unit.MILLISECONDS);
        drawing.line(from, y - BAR - 3, from, y + BAR, "beyond");
        if (Drawing.widthOf(more) + 14 <= to - from) {
            drawing.text((from + to) / 2, y + 12, more, "onobserved middle");
        }
    }

    private double probe(Drawing drawing, Scale x, ProbeReport probe, double top) {
        String name = probe.name().equals(probe.kind()) ? probe.name() : probe.name() + " (" + probe.kind() + ")";
        String interval = QuantityText.text(probe.intervalMillis(), Unit.MILLISECONDS);
        double y = label(drawing, top, texts.text("lane.probe", name, interval), name, probe.name());
        drawing.line(x.from(), y + BAR / 2, x.to(), y + BAR / 2, "answered");
        List<Outage> shown = probe.outages().stream()
                .filter(outage -> span.shows(outage.startMillis(), outage.open() ? span.end() : outage.endMillis()))
                .toList();
        for (int i = 0; i < shown.size(); i++) {
            double next = i + 1 < shown.size() ? x.clamped(shown.get(i + 1).startMillis()) : width;
            outage(drawing, x, y, probe, shown.get(i), next);
        }
        return y + BAR + GAP;
    }

    /** Draws an outage, with its length inside or behind it; where {@code next} leaves no room, the table has it. */
    private void outage(Drawing drawing, Scale x, double y, ProbeReport probe, Outage outage, double next) {
        double from = x.clamped(outage.startMillis());
        double to = outage.open() ? x.to() : x.clamped(outage.endMillis());
        String value = texts.quantity(outage.durationMillis(), outage.open(), Unit.MILLISECONDS);
        drawing.rect(
                from,
                y + 3,
                to - from,
                BAR - 6,
                probe.primary() ? "outage primary" : "outage",
                texts.text(
                        "hint.outage",
                        value,
                        outage.missing(),
                        QuantityText.text(outage.startMillis(), Unit.MILLISECONDS)));
        double room = Drawing.widthOf(value) + 8;
        if (room <= to - from) {
            drawing.text((from + to) / 2, y + 14, value, "inoutage middle");
        } else if (to + room <= next) {
            drawing.text(to + 6, y + 14, value, "value");
        }
    }

    private void heat(Drawing drawing, Scale x, ProbeReport probe, double top) {
        double y = label(drawing, top, texts.text("lane.rtt", probe.name()), probe.name());
        double reference = HeatScale.reference(probe.rtt());
        for (ProbeReport.RttSlice slice : HeatScale.joined(probe.rtt())) {
            if (slice.endMillis() <= span.start() || slice.startMillis() >= span.end()) {
                continue;
            }
            double from = x.clamped(slice.startMillis());
            double to = x.clamped(slice.endMillis());
            String hint = slice.answered() == 0
                    ? texts.text("hint.noReply")
                    : texts.text(
                            "hint.rtt",
                            QuantityText.text(slice.medianMillis(), Unit.MILLISECONDS),
                            QuantityText.text(slice.maxMillis(), Unit.MILLISECONDS));
            drawing.rect(from, y + 3, to - from, BAR - 6, HeatScale.cssClass(slice, reference), hint);
        }
    }

    /** Draws a lane's label, the first of these texts that there is room for, and returns where the lane begins. */
    private double label(Drawing drawing, double top, String... texts) {
        double room = narrow ? width : gutter - 10;
        String last = texts[texts.length - 1];
        String text = Arrays.stream(texts)
                .filter(one -> Drawing.widthOf(one) <= room)
                .findFirst()
                .orElseGet(() -> Drawing.fitting(last, room));
        if (narrow) {
            drawing.text(0, top + 11, text, "lane");
            return top + LANE_LABEL;
        }
        drawing.text(gutter - 10, top + 14, text, "lane end");
        return top;
    }

    private String hint(Phase phase) {
        String times = texts.text(
                "hint.phase",
                phase.name(),
                QuantityText.text(phase.startMillis(), Unit.MILLISECONDS),
                QuantityText.text(phase.endMillis(), Unit.MILLISECONDS));
        return phase.bytes().isPresent()
                ? times + ", " + QuantityText.text((double) phase.bytes().getAsLong(), Unit.BYTES)
                : times;
    }

    /** Phases in as few rows as possible without overlap. */
    static List<List<Phase>> packed(List<Phase> phases) {
        List<List<Phase>> rows = new ArrayList<>();
        for (Phase phase : phases) {
            List<Phase> row = rows.stream()
                    .filter(candidate -> candidate.get(candidate.size() - 1).endMillis() <= phase.startMillis() + 1e-6)
                    .findFirst()
                    .orElseGet(() -> {
                        List<Phase> added = new ArrayList<>();
                        rows.add(added);
                        return added;
                    });
            row.add(phase);
        }
        return rows;
    }
}
