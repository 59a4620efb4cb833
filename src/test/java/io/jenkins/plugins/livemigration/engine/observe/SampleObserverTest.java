package io.jenkins.plugins.livemigration.engine.observe;

import static io.jenkins.plugins.livemigration.engine.observe.SimulatedService.MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.livemigration.engine.observe.SimulatedService.Out;
import io.jenkins.plugins.livemigration.engine.observe.SimulatedService.While;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.ProbeReport.RttSlice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SampleObserverTest {
    private static final long TEN = 10 * MS;
    private static final long OPEN = 0;
    private static final long REQUESTED = 1_000 * MS;
    private static final long STOPPED = 1_200 * MS;
    private static final long CONFIRMED = 2_000 * MS;
    private static final long CLOSE = 4_000 * MS;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ProbePlan UDP =
            new ProbePlan.Udp("clients", "192.0.2.1", 7, 64, Duration.ofMillis(10), SECOND, true);
    private static final SampleTimes TIMES =
            new SampleTimes(OPEN, REQUESTED, OptionalLong.of(STOPPED), OptionalLong.of(CONFIRMED), CLOSE, List.of());
    private static final Offset<Double> EXACTLY = within(1e-9);

    @Test
    void givesAllItsFiguresUnderTheirIds() {
        Map<String, Figure> figures = figures(trace(sent -> MS));
        assertThat(figures.keySet())
                .allSatisfy(id -> assertThat(Metrics.find(id)).isPresent());
        assertThat(figures)
                .containsKeys(
                        "migrationTime.service",
                        "downtime.observed",
                        "outage.longest",
                        "outage.total",
                        "outage.count",
                        "degradation");
        for (String part : List.of("before", "during", "after")) {
            assertThat(figures)
                    .containsKeys(
                            "delay.rtt." + part,
                            "spacing.mean." + part,
                            "jitter.rfc3550." + part,
                            "jitter.spacingVariation." + part,
                            "jitter.rttStdDev." + part,
                            "loss." + part);
        }
    }

    @Test
    void boundsADowntimeThatItDidNotSee() {
        Figure.Measured downtime = (Figure.Measured) figures(trace(sent -> MS)).get("downtime.observed");
        assertThat(downtime.value()).isZero();
        assertThat(downtime.upper()).isCloseTo(11, EXACTLY);
        assertThat(downtime.source().orElseThrow().toString()).contains("11.0 ms");
        assertThat(amount(trace(sent -> MS), "outage.count")).isZero();
    }

    @Test
    void takesTheLongestForTheDowntimeAndAddsUpTheTotal() {
        RecordedTrace trace = trace(sent -> in(sent, 1_500, 1_700) || in(sent, 2_500, 2_900) ? -1 : MS);
        assertThat(amount(trace, "downtime.observed")).isCloseTo(400, EXACTLY);
        assertThat(amount(trace, "outage.longest")).isCloseTo(400, EXACTLY);
        assertThat(amount(trace, "outage.total")).isCloseTo(600, EXACTLY);
        assertThat(amount(trace, "outage.count")).isEqualTo(2);
    }

    @Test
    void leavesAnOutageBeforeTheRequestOutOfTheDowntime() {
        RecordedTrace trace = trace(sent -> in(sent, 300, 600) || in(sent, 1_500, 1_600) ? -1 : MS);
        assertThat(amount(trace, "downtime.observed")).isCloseTo(100, EXACTLY);
        assertThat(amount(trace, "outage.longest")).isCloseTo(300, EXACTLY);
    }

    @Test
    void saysAtLeastWhenTheServiceDidNotComeBack() {
        RecordedTrace trace = trace(sent -> sent < 1_200 * MS ? MS : -1);
        for (String id : List.of("downtime.observed", "outage.longest", "outage.total")) {
            assertThat(figures(trace).get(id))
                    .isInstanceOfSatisfying(
                            Figure.AtLeast.class,
                            figure -> assertThat(figure.value()).isCloseTo(4_000 - 1_191 - 10, EXACTLY));
        }
        assertThat(figures(trace).get("migrationTime.service")).isInstanceOf(Figure.AtLeast.class);
    }

    @Test
    void endsTheServicesMigrationWithTheDestinationsFirstReply() {
        RecordedTrace trace = trace(sent -> in(sent, 1_200, 1_655) ? -1 : MS);
        Figure.Measured time = (Figure.Measured) figures(trace).get("migrationTime.service");
        assertThat(time.value()).isCloseTo(661, EXACTLY);
        assertThat(time.lower()).isCloseTo(650, EXACTLY);
        assertThat(time.upper()).isEqualTo(time.value());
    }

    @Test
    void doesNotGuessWhenTheSourceStopped() {
        SampleTimes untold =
                new SampleTimes(OPEN, REQUESTED, OptionalLong.empty(), OptionalLong.of(CONFIRMED), CLOSE, List.of());
        assertThat(SampleObserver.observe(UDP, trace(sent -> MS), untold)
                        .figures()
                        .get("migrationTime.service"))
                .isInstanceOfSatisfying(
                        Figure.Absent.class,
                        absent -> assertThat(absent.reason().toString()).contains("source"));
    }

    @Test
    void hasNoTimeAfterAMigrationThatFailed() {
        SampleTimes failed =
                new SampleTimes(OPEN, REQUESTED, OptionalLong.of(STOPPED), OptionalLong.empty(), CLOSE, List.of());
        Map<String, Figure> figures =
                SampleObserver.observe(UDP, trace(sent -> MS), failed).figures();
        assertThat(figures.get("delay.rtt.after")).isInstanceOf(Figure.Absent.class);
        assertThat(figures.get("migrationTime.service")).isInstanceOf(Figure.Absent.class);
        assertThat(figures.get("loss.during")).isEqualTo(Figure.of(0));
    }

    @Test
    void countsSlowAndLateAnswersAsDegraded() {
        assertThat(amount(trace(sent -> in(sent, 1_500, 1_800) ? 2 * MS + 1 : MS), "degradation"))
                .isCloseTo(300, EXACTLY);
        assertThat(amount(trace(sent -> in(sent, 1_500, 1_800) ? 2 * MS : MS), "degradation"))
                .isZero();
        assertThat(amount(trace(sent -> in(sent, 500, 800) ? 9 * MS : MS), "degradation"))
                .isZero();
        RecordedTrace paused = trace(sent -> in(sent, 1_500, 1_800) ? 1_801 * MS - sent : MS);
        assertThat(amount(paused, "degradation")).isCloseTo(300, within(10.0));
        assertThat(amount(paused, "outage.count")).isEqualTo(1);
    }

    @Test
    void countsLostAttemptsInTheirPart() {
        RecordedTrace trace = trace(sent -> in(sent, 1_500, 1_700) ? -1 : MS);
        assertThat(amount(trace, "loss.before")).isZero();
        assertThat(amount(trace, "loss.during")).isCloseTo(20, EXACTLY);
        assertThat(amount(trace, "loss.after")).isZero();
    }

    @Test
    void tellsLossesInARowFromScatteredOnes() {
        RecordedTrace trace =
                trace(sent -> in(sent, 1_500, 1_700) || in(sent, 1_800, 1_810) || in(sent, 1_830, 1_850) ? -1 : MS);
        Figure.Measured loss = (Figure.Measured) figures(trace).get("loss.during");
        assertThat(loss.source().orElseThrow().arguments()).containsExactly("23", "100", "3", "20");
    }

    @Test
    void saysThePercentilesOfTheRoundTrip() {
        RecordedTrace trace = trace(sent -> sent / TEN % 10 == 0 ? 4 * MS : MS);
        Figure.Measured delay = (Figure.Measured) figures(trace).get("delay.rtt.before");
        assertThat(delay.value()).isEqualTo(1);
        assertThat(delay.source().orElseThrow().arguments().get(2)).asString().startsWith("4.00");
    }

    @Test
    void takesAShortOutageForLikelyWhereAnAttemptIsLostAsNoneWasBefore() {
        Figure.Measured one = (Figure.Measured)
                figures(trace(sent -> in(sent, 1_500, 1_510) ? -1 : MS)).get("downtime.observed");
        assertThat(one.value()).isCloseTo(10, EXACTLY);
        assertThat(one.lower()).isZero();
        assertThat(one.upper()).isCloseTo(21, EXACTLY);
        RecordedTrace lossy = trace(sent -> in(sent, 300, 310) || in(sent, 1_500, 1_510) ? -1 : MS);
        assertThat(amount(lossy, "downtime.observed")).isZero();
        assertThat(amount(lossy, "outage.count")).isZero();
    }

    @Test
    void computesDelayAndJitterByTheirFormulas() {
        long[] rtts = {MS, 3 * MS, 2 * MS, 6 * MS};
        RecordedTrace trace = trace(sent -> rtts[(int) (sent / TEN % 4)]);
        assertThat(amount(trace, "delay.rtt.before")).isCloseTo(2.5, EXACTLY);
        assertThat(amount(trace, "jitter.rttStdDev.before")).isCloseTo(Math.sqrt(3.5), EXACTLY);
        assertThat(amount(trace, "spacing.mean.before")).isCloseTo((996.0 - 1) / 99, EXACTLY);
        double rfc = 0;
        double spacingChanges = 0;
        double previousSpacing = 0;
        for (int i = 1; i < 100; i++) {
            double difference = (rtts[i % 4] - rtts[(i - 1) % 4]) / 1e6;
            rfc += (Math.abs(difference) - rfc) / 16;
            spacingChanges += i > 1 ? Math.abs(10 + difference - previousSpacing) : 0;
            previousSpacing = 10 + difference;
        }
        assertThat(amount(trace, "jitter.rfc3550.before")).isCloseTo(rfc, EXACTLY);
        assertThat(amount(trace, "jitter.spacingVariation.before")).isCloseTo(spacingChanges / 98, EXACTLY);
    }

    @Test
    void saysThatNothingAnsweredRatherThanZero() {
        Map<String, Figure> figures = figures(trace(sent -> -1));
        assertThat(figures.get("downtime.observed")).isInstanceOf(Figure.Absent.class);
        assertThat(figures.get("degradation")).isInstanceOf(Figure.Absent.class);
        assertThat(figures.get("delay.rtt.before")).isInstanceOf(Figure.Absent.class);
        assertThat(figures.get("loss.before").amount()).contains(100.0);
    }

    @Test
    void takesOnlyAReportFromAProbeThatIsNotPrimary() {
        ProbePlan other = new ProbePlan.Http("web", "http://192.0.2.1/", Duration.ofMillis(10), SECOND, false);
        Observation observation = SampleObserver.observe(other, trace(sent -> in(sent, 1_500, 1_800) ? -1 : MS), TIMES);
        assertThat(observation.figures()).isEmpty();
        assertThat(observation.report().outages()).hasSize(1);
        assertThat(observation.report().kind()).isEqualTo("http");
    }

    @Test
    void measuresTheStallOfASession() {
        ProbePlan session = new ProbePlan.TcpSession("held", "192.0.2.1", 7, Duration.ofMillis(10), SECOND);
        RecordedTrace.Builder trace = new RecordedTrace.Builder(0, TEN);
        for (int i = 0; i < 400; i++) {
            long sent = i * TEN;
            trace.sent(i, sent);
            trace.replied(i, in(sent, 1_300, 2_100) ? 2_100 * MS + i * 100L : sent + MS);
        }
        trace.broke(1_900 * MS).broke(5_000 * MS);
        Observation observation = SampleObserver.observe(session, trace.build(), TIMES);
        assertThat(observation.figures()).containsOnlyKeys("session.stall");
        Figure.Measured stall = (Figure.Measured) observation.figures().get("session.stall");
        assertThat(stall.value()).isCloseTo(2_100 - 1_291 - 10, within(0.1));
        assertThat(stall.source().orElseThrow().toString()).contains("opened anew once");
    }

    @Test
    void findsNoStallInASessionThatNeverStalled() {
        ProbePlan session = new ProbePlan.TcpSession("held", "192.0.2.1", 7, Duration.ofMillis(10), SECOND);
        SampleTimes times = new SampleTimes(
                OPEN, REQUESTED, OptionalLong.empty(), OptionalLong.of(CONFIRMED), 3_890 * MS + MS / 2, List.of());
        Figure stall = SampleObserver.observe(session, trace(sent -> MS), times)
                .figures()
                .get("session.stall");
        assertThat(stall)
                .isInstanceOfSatisfying(
                        Figure.Measured.class,
                        figure -> assertThat(figure.value()).isZero());
    }

    @Test
    void saysThatASessionStalledToTheEnd() {
        ProbePlan session = new ProbePlan.TcpSession("held", "192.0.2.1", 7, Duration.ofMillis(10), SECOND);
        Figure stall = SampleObserver.observe(session, trace(sent -> sent < 1_200 * MS ? MS : -1), TIMES)
                .figures()
                .get("session.stall");
        assertThat(stall)
                .isInstanceOfSatisfying(
                        Figure.AtLeast.class,
                        figure -> assertThat(figure.value()).isCloseTo(4_000 - 1_191 - 10, EXACTLY));
    }

    @Test
    void cutsTheWindowIntoSlices() {
        List<RttSlice> slices = SampleObserver.observe(UDP, trace(sent -> in(sent, 1_500, 1_700) ? -1 : MS), TIMES)
                .report()
                .rtt();
        assertThat(slices).hasSize(80);
        assertThat(slices.get(0)).isEqualTo(new RttSlice(-1_000, -950, 5, 5, 1, 1));
        assertThat(slices.get(31)).isEqualTo(new RttSlice(550, 600, 5, 0, 0, 0));
    }

    @Property(tries = 100)
    void keepsTheStripShortHoweverLongTheWindow(@ForAll @LongRange(min = 1, max = 7_200_000) long windowMillis) {
        SampleTimes times =
                new SampleTimes(0, 0, OptionalLong.empty(), OptionalLong.empty(), windowMillis * MS, List.of());
        List<RttSlice> slices = RttStrip.of(new RecordedTrace.Builder(0, TEN).build(), times);
        assertThat(slices).hasSizeBetween(1, 600);
        assertThat(slices.get(slices.size() - 1).endMillis()).isCloseTo((double) windowMillis, EXACTLY);
    }

    @Property(tries = 200)
    void neverContradictsItself(
            @ForAll long seed,
            @ForAll While during,
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long from,
            @ForAll @LongRange(min = 0, max = 3_000_000_000L) long length) {
        SimulatedService service = new SimulatedService(TEN, seed);
        service.during = during;
        service.loss = 0.01;
        service.lateShare = 0.05;
        service.maxLateness = 40 * MS;
        service.outages.add(new Out(from, from + length));
        Observation observation = SampleObserver.observe(UDP, service.probed(), service.times());
        assertThat(observation.report().answered())
                .isLessThanOrEqualTo(observation.report().sent());
        assertThat(observation.report().outages()).allSatisfy(outage -> {
            assertThat(outage.lowerMillis()).isLessThanOrEqualTo(outage.durationMillis());
            assertThat(outage.durationMillis()).isLessThanOrEqualTo(outage.upperMillis());
            assertThat(outage.endMillis()).isGreaterThan(outage.startMillis());
        });
        assertThat(observation.figures().values())
                .allSatisfy(figure ->
                        figure.amount().ifPresent(value -> assertThat(value).isGreaterThanOrEqualTo(0)));
    }

    /** Every 10 ms an attempt, answered after what the function says of its send time; negative for never. */
    private static RecordedTrace trace(LongUnaryOperator rttOfSent) {
        RecordedTrace.Builder trace = new RecordedTrace.Builder(0, TEN);
        for (int i = 0; i < 400; i++) {
            long sent = i * TEN;
            trace.sent(i, sent);
            long rtt = rttOfSent.applyAsLong(sent);
            if (rtt >= 0) {
                trace.replied(i, sent + rtt);
            }
        }
        return trace.build();
    }

    private static boolean in(long sent, long fromMillis, long untilMillis) {
        return sent >= fromMillis * MS && sent < untilMillis * MS;
    }

    private static Map<String, Figure> figures(RecordedTrace trace) {
        return SampleObserver.observe(UDP, trace, TIMES).figures();
    }

    private static double amount(RecordedTrace trace, String metric) {
        return figures(trace).get(metric).amount().orElseThrow();
    }
}
