package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outage;
import io.jenkins.plugins.livemigration.engine.result.Phase;
import io.jenkins.plugins.livemigration.engine.result.ProbeReport;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import java.util.List;

/** The timelines of many migrations under each other, small and to one scale. */
final class TimelineStrips {
    private static final double ROW = 30;
    private static final double AXIS = 22;

    private final Texts texts;
    private final boolean narrow;

    TimelineStrips(Texts texts, boolean narrow) {
        this.texts = texts;
        this.narrow = narrow;
    }

    Markup draw(List<Sample> samples) {
        double width = narrow ? 400 : 960;
        double gutter = narrow ? 34 : 132;
        double start = 0;
        double end = 1;
        for (Sample sample : samples) {
            TimelineSpan span = TimelineSpan.of(sample);
            start = Math.min(start, span.start());
            end = Math.max(end, span.end());
        }
        double bottom = samples.size() * ROW;
        Drawing drawing =
                new Drawing(width, bottom + AXIS, narrow ? "chart narrow" : "chart wide", texts.text("strips.title"));
        Scale x = new Scale(start, end, gutter, width - 1);
        drawing.bottomAxis(x, 0, bottom, Unit.MILLISECONDS, 80);
        double y = 4;
        for (Sample sample : samples) {
            String label = narrow ? "#" + sample.order() : "#" + sample.order() + " " + Overview.path(sample);
            drawing.text(gutter - 8, y + 14, label, "lane end");
            row(drawing, x, sample, y);
            y += ROW;
        }
        return drawing.finish();
    }

    private void row(Drawing drawing, Scale x, Sample sample, double y) {
        for (Phase phase : sample.phases()) {
            double from = x.clamped(phase.startMillis());
            drawing.rect(from, y, x.clamped(phase.endMillis()) - from, 8, "phase", phase.name());
        }
        double start = Samples.downtimeStart(sample);
        sample.figure(Metrics.DOWNTIME_REPORTED).flatMap(Figure::amount).ifPresent(amount -> {
            double from = x.clamped(start);
            drawing.rect(
                    from,
                    y + 9,
                    x.clamped(start + amount) - from,
                    6,
                    "reported",
                    texts.text("bar.reported") + " " + texts.quantity(amount, false, Unit.MILLISECONDS));
        });
        for (ProbeReport probe : Samples.primary(sample).stream().toList()) {
            for (Outage outage : probe.outages()) {
                double from = x.clamped(outage.startMillis());
                double to = outage.open() ? x.to() : x.clamped(outage.startMillis() + outage.durationMillis());
                String value = texts.quantity(outage.durationMillis(), outage.open(), Unit.MILLISECONDS);
                drawing.rect(from, y + 16, to - from, 8, "observed", texts.text("bar.observed") + " " + value);
            }
        }
        if (!sample.outcome().succeeded()) {
            double last =
                    sample.phases().stream().mapToDouble(Phase::endMillis).max().orElse(0);
            drawing.beside(
                    x.clamped(last), x.clamped(last), y + 14, "✕ " + texts.text("outcome.short"), "value strong");
        }
    }
}
