package io.jenkins.plugins.livemigration.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Phase;
import io.jenkins.plugins.livemigration.engine.result.ProbeReport;
import io.jenkins.plugins.livemigration.engine.result.ProbeReport.RttSlice;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimelineChartTest {
    private static final Sample SAMPLE = SampleResults.podman(2).samples().get(4);
    private static final Sample STILL_DARK = SampleResults.podman().samples().get(29);

    @Test
    void drawsReportedAndObservedDowntimeToOneScale() {
        String svg = draw(SAMPLE);
        double reported = SAMPLE.figures().get("downtime.reported").amount().orElseThrow();
        double observed = SAMPLE.figures().get("downtime.observed").amount().orElseThrow();

        double ratio = barWidth(svg, "observed") / barWidth(svg, "reported");

        assertThat(ratio).isBetween(observed / reported - 0.01, observed / reported + 0.01);
        assertThat(svg).contains(">reported 4", ">observed 6", ">+2");
    }

    @Test
    void hasALaneForEveryProbeAndAStripOfRoundTripTimes() {
        assertThat(draw(SAMPLE))
                .contains(">udp, every 10 ms<", ">http, every 50 ms<", ">session, every 10 ms<", ">RTT of udp<")
                .containsOnlyOnce("class=\"heat none\"");
    }

    @Test
    void anOutageWithoutAnEndRunsToTheEdge() {
        Matcher bar = Pattern.compile(
                        "x=\"([0-9.]+)\" y=\"[0-9.]+\" width=\"([0-9.]+)\" height=\"14\" class=\"outage primary\"")
                .matcher(draw(STILL_DARK));

        assertThat(bar.find()).isTrue();
        assertThat(Double.parseDouble(bar.group(1)) + Double.parseDouble(bar.group(2)))
                .isBetween(958.9, 959.1);
        assertThat(draw(STILL_DARK)).contains("≥ 355 ms");
    }

    @Test
    void enlargesAnOutageThatIsTooShortToBeSeen() {
        Sample slow = SampleResults.machine(31_250, 62, 48);
        TimelineSpan span = TimelineSpan.ofOutage(slow).orElseThrow();

        assertThat(TimelineSpan.ofOutage(SAMPLE)).isEmpty();
        assertThat(span.end() - span.start()).isBetween(150.0, 160.0);
        String svg = new TimelineChart(new Texts(Locale.ENGLISH), slow, span, false)
                .draw()
                .finished();
        assertThat(barWidth(svg, "observed")).isGreaterThan(300);
        assertThat(svg).contains("observed 62 ms", "reported 48 ms").doesNotContain(">disk<", "confirmed");
    }

    @Test
    void phasesThatOverlapHaveRowsOfTheirOwn() {
        Phase checkpoint = phase("checkpoint", 0, 100);
        Phase transfer = phase("transfer", 30, 150);
        Phase restore = phase("restore", 150, 200);

        assertThat(TimelineChart.packed(List.of(checkpoint, transfer, restore)))
                .containsExactly(List.of(checkpoint, restore), List.of(transfer));
    }

    @Test
    void theHeatStripCountsFromTheUsualRoundTripTime() {
        List<RttSlice> slices =
                List.of(slice(-100, 5, 0.4), slice(-50, 5, 0.5), slice(0, 5, 0.6), slice(50, 0, 0), slice(100, 0, 0));
        double usual = HeatScale.reference(slices);

        assertThat(usual).isEqualTo(0.5);
        assertThat(HeatScale.cssClass(slice(0, 5, 0.74), usual)).isEqualTo("heat h0");
        assertThat(HeatScale.cssClass(slice(0, 5, 0.75), usual)).isEqualTo("heat h1");
        assertThat(HeatScale.cssClass(slice(0, 5, 1.0), usual)).isEqualTo("heat h2");
        assertThat(HeatScale.cssClass(slice(0, 5, 40), usual)).isEqualTo("heat h4");
        assertThat(HeatScale.cssClass(slice(0, 0, 0), usual)).isEqualTo("heat none");
        assertThat(HeatScale.joined(slices)).hasSize(4).last().isEqualTo(new RttSlice(50, 150, 10, 0, 0, 0));
    }

    static Stream<Sample> samplesOfAllKinds() {
        return Stream.of(
                SAMPLE,
                STILL_DARK,
                SampleResults.machine(31_250, 62, 48),
                with(SAMPLE, List.of(), SAMPLE.marks(), "udp"),
                with(SAMPLE, List.of(), List.of(), "udp"),
                with(
                        SAMPLE,
                        List.of(),
                        List.of(),
                        "a-probe-with-a-name-that-is-as-long-as-the-plan-allows-it-to-be-64"),
                with(SampleResults.machine(31_250, 62, 48), List.of(), List.of(), "udp"));
    }

    @ParameterizedTest
    @MethodSource("samplesOfAllKinds")
    void theLabelsOfLanesNeitherOverlapNorLeaveThePicture(Sample sample) {
        List<TimelineSpan> spans = Stream.concat(
                        Stream.of(TimelineSpan.of(sample)), TimelineSpan.ofOutage(sample).stream())
                .toList();
        for (Locale locale : List.of(Locale.ENGLISH, Locale.forLanguageTag("id"))) {
            for (TimelineSpan span : spans) {
                for (boolean narrow : List.of(true, false)) {
                    String svg = new TimelineChart(new Texts(locale), sample, span, narrow)
                            .draw()
                            .finished();
                    assertThat(labels(svg))
                            .hasSizeGreaterThanOrEqualTo(1 + sample.probes().size());
                    assertThat(linesApart(labels(svg))).isGreaterThanOrEqualTo(12);
                    assertThat(labels(svg)).allSatisfy(label -> {
                        double wide = Drawing.widthOf(label.text());
                        assertThat(label.end() ? label.x() - wide : label.x()).isNotNegative();
                        assertThat(label.y()).isPositive();
                    });
                    assertThat(lowest(svg)).isLessThanOrEqualTo(height(svg));
                }
            }
        }
    }

    @Test
    void withoutPhasesThereIsNoLaneForThem() {
        assertThat(draw(SAMPLE)).contains(">phases<");
        assertThat(draw(with(SAMPLE, List.of(), List.of(), "udp"))).doesNotContain(">phases<");
    }

    /** Where a text stands: {@code x} is its beginning, or its end. */
    private record Label(double x, double y, boolean end, String text) {}

    private static List<Label> labels(String svg) {
        return Pattern.compile("<text x=\"([-0-9.]+)\" y=\"([-0-9.]+)\" class=\"lane( end)?\">([^<]*)</text>")
                .matcher(svg)
                .results()
                .map(found -> new Label(
                        Double.parseDouble(found.group(1)),
                        Double.parseDouble(found.group(2)),
                        found.group(3) != null,
                        found.group(4)))
                .toList();
    }

    private static double linesApart(List<Label> labels) {
        double least = Double.MAX_VALUE;
        for (int i = 1; i < labels.size(); i++) {
            least = Math.min(least, labels.get(i).y() - labels.get(i - 1).y());
        }
        return least;
    }

    private static double lowest(String svg) {
        return Pattern.compile("<text x=\"[-0-9.]+\" y=\"([-0-9.]+)\"")
                .matcher(svg)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .max()
                .orElseThrow();
    }

    private static double height(String svg) {
        Matcher box = Pattern.compile("viewBox=\"0 0 [0-9.]+ ([0-9.]+)\"").matcher(svg);
        assertThat(box.find()).isTrue();
        return Double.parseDouble(box.group(1));
    }

    /** The same with other phases and marks, its first probe under another name. */
    private static Sample with(Sample sample, List<Phase> phases, List<Mark> marks, String name) {
        List<ProbeReport> probes = new ArrayList<>(sample.probes());
        ProbeReport first = probes.get(0);
        probes.set(
                0,
                new ProbeReport(
                        name,
                        first.kind(),
                        first.primary(),
                        first.intervalMillis(),
                        first.sent(),
                        first.answered(),
                        first.lateSends(),
                        first.outages(),
                        first.rtt()));
        return new Sample(
                sample.order(),
                sample.scenario(),
                sample.direction(),
                sample.number(),
                sample.warmup(),
                sample.from(),
                sample.to(),
                sample.requestedAt(),
                sample.overheadMillis(),
                sample.outcome(),
                sample.figures(),
                phases,
                marks,
                probes,
                sample.state(),
                sample.evidence());
    }

    private static String draw(Sample sample) {
        return new TimelineChart(new Texts(Locale.ENGLISH), sample, TimelineSpan.of(sample), false)
                .draw()
                .finished();
    }

    private static double barWidth(String svg, String cssClass) {
        Matcher bar = Pattern.compile("width=\"([0-9.]+)\" height=\"20\" class=\"" + cssClass + "\"")
                .matcher(svg);
        assertThat(bar.find()).isTrue();
        return Double.parseDouble(bar.group(1));
    }

    private static Phase phase(String name, double start, double end) {
        return new Phase(name, start, end, OptionalLong.empty());
    }

    private static RttSlice slice(double start, int answered, double median) {
        return new RttSlice(start, start + 50, 5, answered, median, median);
    }
}
