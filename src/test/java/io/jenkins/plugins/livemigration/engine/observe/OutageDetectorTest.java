package io.jenkins.plugins.livemigration.engine.observe;

import static io.jenkins.plugins.livemigration.engine.observe.SimulatedService.MS;
import static io.jenkins.plugins.livemigration.engine.observe.SimulatedService.REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.livemigration.engine.observe.SimulatedService.Held;
import io.jenkins.plugins.livemigration.engine.observe.SimulatedService.Out;
import io.jenkins.plugins.livemigration.engine.observe.SimulatedService.Pause;
import io.jenkins.plugins.livemigration.engine.observe.SimulatedService.While;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outage;
import io.jenkins.plugins.livemigration.engine.result.Phase;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OutageDetectorTest {
    private static final long TEN = 10 * MS;

    @Property(tries = 1000)
    void holdsTheTrueOutageWithinItsBounds(
            @ForAll long seed,
            @ForAll boolean fast,
            @ForAll While during,
            @ForAll @LongRange(min = 0, max = 2_000_000_000) long begin,
            @ForAll @LongRange(min = 40_000_000, max = 3_000_000_000L) long length,
            @ForAll @LongRange(min = 20_000, max = 15_000_000) long leg) {
        SimulatedService service = new SimulatedService(fast ? MS : TEN, seed);
        service.during = during;
        service.leg = leg;
        service.outages.add(new Out(REQUESTED + 100 * MS + begin, REQUESTED + 100 * MS + begin + length));
        Silence found = only(service);
        assertThat(found.lowerNanos()).isLessThanOrEqualTo(length);
        assertThat(found.upperNanos()).isGreaterThanOrEqualTo(length);
        assertThat(found.durationNanos()).isBetween(found.lowerNanos(), found.upperNanos());
        double roundTrip = 2 * leg * 1.8 + SimulatedService.LEAVING;
        assertThat((double) found.durationNanos()).isCloseTo((double) length, within(service.interval + roundTrip));
        assertThat(found.upperNanos() - found.lowerNanos())
                .as("width of the bounds")
                .isLessThanOrEqualTo((long) (2 * service.interval + 3 * roundTrip));
    }

    @Property(tries = 500)
    void holdsItAlsoWhenTheSenderIsLate(
            @ForAll long seed,
            @ForAll While during,
            @ForAll @LongRange(min = 0, max = 100_000_000) long begin,
            @ForAll @LongRange(min = 400_000_000, max = 900_000_000L) long length,
            @ForAll @DoubleRange(min = 0, max = 0.3) double share) {
        SimulatedService service = new SimulatedService(TEN, seed);
        service.during = during;
        service.lateShare = share;
        service.maxLateness = 60 * MS;
        service.outages.add(new Out(REQUESTED + begin, REQUESTED + begin + length));
        RecordedTrace trace = service.probed();
        List<Silence> found = detect(trace, service);
        assertThat(found).hasSizeBetween(1, 3);
        Silence longest = found.get(0);
        for (Silence silence : found) {
            longest = silence.durationNanos() > longest.durationNanos() ? silence : longest;
        }
        assertThat(longest.lowerNanos()).isLessThanOrEqualTo(length);
        assertThat(longest.upperNanos()).isGreaterThanOrEqualTo(length);
    }

    /** The sender's lateness is taken for the receiver's: both wait for the same processors. */
    @Property(tries = 500)
    void holdsItAlsoWhenOurOwnThreadsAreHeldUp(
            @ForAll long seed,
            @ForAll boolean fast,
            @ForAll While during,
            @ForAll @LongRange(min = 0, max = 100_000_000) long begin,
            @ForAll @LongRange(min = 100_000_000, max = 900_000_000L) long length,
            @ForAll @DoubleRange(min = 0.01, max = 0.1) double share) {
        SimulatedService service = new SimulatedService(fast ? MS : TEN, seed);
        service.during = during;
        service.lateShare = share;
        service.maxLateness = 7 * MS;
        service.heldUpShare = share;
        service.maxHoldUp = 6 * MS;
        service.outages.add(new Out(REQUESTED + begin, REQUESTED + begin + length));
        Silence longest = detect(service.probed(), service).stream()
                .max(Comparator.comparingLong(Silence::durationNanos))
                .orElseThrow();
        assertThat(longest.lowerNanos()).isLessThanOrEqualTo(length);
        assertThat(longest.upperNanos()).isGreaterThanOrEqualTo(length);
    }

    @Property(tries = 1000)
    void neverExcludesTheTruthWhereverThisMachineHeldUsUp(
            @ForAll long seed,
            @ForAll boolean fast,
            @ForAll While during,
            @ForAll boolean repeatsRequests,
            @ForAll @LongRange(min = 0, max = 100_000_000) long begin,
            @ForAll @DoubleRange(min = 0, max = 3) double magnitude,
            @ForAll @Size(min = 1, max = 4) List<@From("pauses") AnyPause> pauses) {
        SimulatedService service = new SimulatedService(fast ? MS : TEN, seed);
        service.during = during;
        Out out = new Out(REQUESTED + begin, REQUESTED + begin + (long) (MS * Math.pow(10, magnitude)));
        service.outages.add(out);
        service.watched = true;
        pauses.stream()
                .map(pause -> pause.at(out))
                .sorted(Comparator.comparingLong(Pause::from))
                .forEach(service.pauses::add);
        Map<String, Figure> figures = new HashMap<>();
        DowntimeFigures.put(
                figures,
                OutageDetector.detect(service.probed(), service.times(), service.interval, repeatsRequests),
                REQUESTED);
        Figure.Measured said = (Figure.Measured) figures.get(Metrics.DOWNTIME_OBSERVED.id());
        assertThat(Millis.of(out.length())).isBetween(said.lower(), said.upper());
    }

    /** The kernel keeps our sender, between its noting the time and the packet's leaving, and does not need a processor. */
    @Property(tries = 500)
    void neverExcludesTheTruthWhenAttemptsLeaveLate(
            @ForAll long seed,
            @ForAll boolean fast,
            @ForAll While during,
            @ForAll boolean repeatsRequests,
            @ForAll @LongRange(min = 0, max = 100_000_000) long begin,
            @ForAll @DoubleRange(min = 0, max = 3) double magnitude) {
        SimulatedService service = new SimulatedService(fast ? MS : TEN, seed);
        service.during = during;
        service.leavesLateShare = 0.3;
        service.maxLeaving = service.interval * 9 / 10;
        assertHoldsTheTruth(service, begin, magnitude, repeatsRequests);
    }

    /** Each time too short for the watch to notice. */
    @Property(tries = 500)
    void neverExcludesTheTruthWhenEachStepOfAConnectionIsHeldUpALittle(
            @ForAll long seed,
            @ForAll boolean fast,
            @ForAll @LongRange(min = 0, max = 100_000_000) long begin,
            @ForAll @DoubleRange(min = 0, max = 3) double magnitude) {
        SimulatedService service = new SimulatedService(fast ? MS : TEN, seed);
        service.acts = 3;
        service.heldUpShare = 1;
        service.maxHoldUp = HoldUpWatch.RESOLUTION_NANOS;
        assertHoldsTheTruth(service, begin, magnitude, true);
    }

    private static void assertHoldsTheTruth(
            SimulatedService service, long begin, double magnitude, boolean repeatsRequests) {
        Out out = new Out(REQUESTED + begin, REQUESTED + begin + (long) (MS * Math.pow(10, magnitude)));
        service.outages.add(out);
        service.watched = true;
        service.troubleSince = REQUESTED;
        Map<String, Figure> figures = new HashMap<>();
        DowntimeFigures.put(
                figures,
                OutageDetector.detect(service.probed(), service.times(), service.interval, repeatsRequests),
                REQUESTED);
        Figure.Measured said = (Figure.Measured) figures.get(Metrics.DOWNTIME_OBSERVED.id());
        assertThat(Millis.of(out.length())).isBetween(said.lower(), said.upper());
    }

    /** A pause of this machine, by its distance from the begin or the end of an outage. */
    record AnyPause(Held who, boolean atEnd, long distance, long length) {
        Pause at(Out out) {
            long from = (atEnd ? out.until() : out.from()) + distance;
            return new Pause(who, from, from + length);
        }
    }

    /** What is too short for the watch delays our own threads only: a packet is not sent by a thread that has to wake. */
    @Provide
    Arbitrary<AnyPause> pauses() {
        return Combinators.combine(
                        Arbitraries.of(Held.class),
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(-30 * MS, 15 * MS),
                        Arbitraries.longs().between(0, 40 * MS))
                .as(AnyPause::new)
                .filter(pause -> pause.who() != Held.MACHINE || pause.length() > HoldUpWatch.RESOLUTION_NANOS);
    }

    /** As it happened: the reply that ended an outage was read late, and our sender, in between two sendings, was not. */
    @Test
    void takesAReplyThatWasReadLateForNoProofThatTheServiceWasOut() {
        long down = REQUESTED + 110 * MS - MS / 20;
        long up = down + 220 * MS;
        RecordedTrace.Builder trace = new RecordedTrace.Builder(0, TEN);
        for (int i = 0; i < 400; i++) {
            long sent = i * TEN;
            trace.sent(i, sent);
            if (sent < down || sent >= up) {
                trace.replied(i, sent + MS / 5 + (sent - up < TEN && sent >= up ? 4 * MS : 0));
            }
        }
        assertThat(detect(trace.build(), times()))
                .singleElement()
                .satisfies(silence -> assertThat(silence.lowerNanos()).isGreaterThan(222 * MS));
        trace.watched(HoldUpWatch.RESOLUTION_NANOS).heldUp(up, up + 5 * MS);
        assertThat(detect(trace.build(), times()))
                .singleElement()
                .satisfies(silence -> assertThat(silence.lowerNanos()).isBetween(205 * MS, 220 * MS));
    }

    /** The one that ended an outage was asked for only after the outage; it left late, between two sendings. */
    @Test
    void takesAnAttemptThatLeftLateForNoProofThatTheServiceWasOut() {
        long down = REQUESTED + 110 * MS - MS / 20;
        long up = down + 220 * MS;
        RecordedTrace.Builder trace = new RecordedTrace.Builder(0, TEN).watched(HoldUpWatch.RESOLUTION_NANOS);
        for (int i = 0; i < 400; i++) {
            long sent = i * TEN;
            long leaving = sent >= up && sent - up < TEN ? 8 * MS : 0;
            trace.sent(i, sent, leaving);
            if (sent < down || sent >= up) {
                trace.replied(i, sent + leaving + MS / 5);
            }
        }
        assertThat(detect(trace.build(), times()))
                .singleElement()
                .satisfies(silence -> assertThat(silence.lowerNanos()).isBetween(205 * MS, 220 * MS));
    }

    @Property(tries = 500)
    void lossesAtRandomLengthenItOrHideItButAreNeverWrong(
            @ForAll long seed,
            @ForAll While during,
            @ForAll @LongRange(min = 40_000_000, max = 900_000_000L) long length) {
        SimulatedService service = new SimulatedService(TEN, seed);
        service.during = during;
        service.loss = 0.02;
        Out out = new Out(REQUESTED + 300 * MS, REQUESTED + 300 * MS + length);
        service.outages.add(out);
        RecordedTrace trace = service.probed();
        OutageDetector.Detection detection =
                OutageDetector.detect(trace, service.times(), TEN, false).orElseThrow();
        List<Silence> found = detection.outages().stream()
                .filter(silence -> silence.startNanos() < out.until() && silence.endNanos() > out.from())
                .toList();
        if (found.isEmpty()) {
            assertThat(detection.hiddenNanos()).isGreaterThanOrEqualTo(length);
            return;
        }
        Silence hit = found.get(0);
        long lostAround = service.lostAtRandom.stream()
                .filter(i -> trace.sentNanos(i) > hit.startNanos() - MS && trace.sentNanos(i) < hit.endNanos())
                .count();
        assertThat(hit.upperNanos()).isGreaterThanOrEqualTo(length);
        assertThat(hit.lowerNanos()).isLessThanOrEqualTo(length + lostAround * TEN);
    }

    @Property(tries = 300)
    void findsNothingWhereNothingHappened(
            @ForAll long seed, @ForAll boolean fast, @ForAll @LongRange(min = 20_000, max = 15_000_000) long leg) {
        SimulatedService service = new SimulatedService(fast ? MS : TEN, seed);
        service.leg = leg;
        assertThat(detect(service.probed(), service)).isEmpty();
    }

    @Property(tries = 200)
    void blamesNoServiceForALateSender(@ForAll long seed) {
        SimulatedService service = new SimulatedService(TEN, seed);
        RecordedTrace whole = service.probed();
        RecordedTrace.Builder held = new RecordedTrace.Builder(0, TEN);
        for (int i = 0; i < whole.size(); i++) {
            boolean asleep = whole.sentNanos(i) > REQUESTED + 500 * MS && whole.sentNanos(i) < REQUESTED + 900 * MS;
            if (!asleep) {
                held.sent(i, whole.sentNanos(i)).replied(i, whole.receivedNanos(i));
            }
        }
        OutageDetector.Detection detection =
                OutageDetector.detect(held.build(), service.times(), TEN, false).orElseThrow();
        assertThat(detection.outages()).isEmpty();
        assertThat(detection.hiddenNanos()).isGreaterThanOrEqualTo(400 * MS);
    }

    @Test
    void findsFourGapsAsFour() {
        SimulatedService service = new SimulatedService(TEN, 1);
        for (int i = 0; i < 4; i++) {
            long from = REQUESTED + (200 + i * 1_200L) * MS;
            service.outages.add(new Out(from, from + 1_000 * MS));
        }
        service.end = 9_000 * MS;
        List<Silence> found = detect(service.probed(), service);
        assertThat(found).hasSize(4);
        assertThat(found)
                .allSatisfy(
                        silence -> assertThat((double) silence.durationNanos()).isCloseTo(1e9, within(1.1e7)));
    }

    @Test
    void countsRepliesNotLosses() {
        SimulatedService service = new SimulatedService(TEN, 1);
        service.during = While.QUEUED;
        service.outages.add(new Out(REQUESTED + 105 * MS, REQUESTED + 405 * MS));
        Silence found = only(service);
        assertThat(found.missing()).isZero();
        assertThat((double) found.durationNanos()).isCloseTo(300e6, within(11e6));
        assertThat(found.lowerNanos()).isGreaterThan(285 * MS);
    }

    @Test
    void leavesAGapOpenThatNobodyAnswered() {
        SimulatedService service = new SimulatedService(TEN, 1);
        service.outages.add(new Out(service.end - 500 * MS, service.end + 500 * MS));
        Silence found = only(service);
        assertThat(found.open()).isTrue();
        assertThat(found.endNanos()).isEqualTo(service.end);
        assertThat((double) found.durationNanos()).isCloseTo(500e6, within(11e6));
        assertThat(found.missing()).isEqualTo(51);
    }

    @Test
    void endsAGapAtTheCloseByAReplyThatWasUnderWay() {
        SimulatedService service = new SimulatedService(TEN, 1);
        service.during = While.QUEUED;
        service.outages.add(new Out(service.end - 55 * MS, service.end + 45 * MS));
        Silence found = only(service);
        assertThat(found.open()).isFalse();
        assertThat((double) found.durationNanos()).isCloseTo(100e6, within(11e6));
    }

    @Test
    void takesARequestUnderWayAtTheCloseForNoOutage() {
        SimulatedService service = new SimulatedService(MS, 3);
        service.leg = 20 * MS;
        assertThat(detect(service.probed(), service)).isEmpty();
    }

    @Test
    void makesAnOutageOfTwoMissingButNotOfOne() {
        assertThat(detect(without(1), times())).isEmpty();
        assertThat(detect(without(2), times())).singleElement().satisfies(silence -> {
            assertThat(silence.missing()).isEqualTo(2);
            assertThat(silence.durationNanos()).isEqualTo(20 * MS);
            assertThat(silence.lowerNanos()).isEqualTo(9 * MS);
            assertThat(silence.upperNanos()).isEqualTo(31 * MS);
        });
    }

    @Test
    void placesAnOutageAmongThePhases() {
        List<Phase> phases = List.of(
                new Phase("prepare", 0, 80, OptionalLong.empty()),
                new Phase("checkpoint", 80, 200, OptionalLong.empty()),
                new Phase("transfer", 200, 350, OptionalLong.empty()),
                new Phase("restore", 350, 500, OptionalLong.empty()));
        SimulatedService service = new SimulatedService(TEN, 1);
        service.outages.add(new Out(REQUESTED + 105 * MS, REQUESTED + 305 * MS));
        Outage outage = OutageDetector.outage(only(service), service.times(phases));
        assertThat(outage.phases()).containsExactly("checkpoint", "transfer");
        assertThat(outage.startMillis()).isBetween(95.0, 106.0);
        assertThat(outage.endMillis()).isBetween(305.0, 317.0);
    }

    @Test
    void saysThatThereIsNothingToCompareWith() {
        RecordedTrace.Builder trace = new RecordedTrace.Builder(0, TEN);
        for (int i = 0; i < 800; i++) {
            trace.sent(i, i * TEN);
        }
        assertThat(OutageDetector.detect(trace.build(), times(), TEN, false)).isEmpty();
    }

    @Test
    void doesNotTakeTheClientsOwnTimerForTheService() {
        RecordedTrace.Builder trace = new RecordedTrace.Builder(0, TEN);
        long down = REQUESTED + 100 * MS;
        long up = down + 400 * MS;
        for (int i = 0; i < 400; i++) {
            long sent = i * TEN;
            trace.sent(i, sent);
            if (sent < down || sent >= up) {
                trace.replied(i, sent + MS);
            } else if (sent + 1_000 * MS >= up) {
                trace.replied(i, sent + 1_001 * MS);
            }
        }
        SampleTimes times =
                new SampleTimes(200 * MS, REQUESTED, OptionalLong.empty(), OptionalLong.of(up), 3_900 * MS, List.of());
        List<Silence> found = OutageDetector.detect(trace.build(), times, TEN, true)
                .orElseThrow()
                .outages();
        assertThat(found).singleElement().satisfies(silence -> {
            assertThat(silence.lowerNanos()).isLessThanOrEqualTo(400 * MS);
            assertThat(silence.upperNanos()).isGreaterThanOrEqualTo(400 * MS);
            assertThat((double) silence.durationNanos()).isCloseTo(400e6, within(11e6));
        });
    }

    /** Answered after exactly 1 ms, but for so many from the 150th attempt on. */
    private static RecordedTrace without(int lost) {
        RecordedTrace.Builder trace = new RecordedTrace.Builder(0, TEN);
        for (int i = 0; i < 400; i++) {
            trace.sent(i, i * TEN);
            if (i < 150 || i >= 150 + lost) {
                trace.replied(i, i * TEN + MS);
            }
        }
        return trace.build();
    }

    private static SampleTimes times() {
        return new SampleTimes(
                200 * MS, REQUESTED, OptionalLong.empty(), OptionalLong.of(2_000 * MS), 3_900 * MS, List.of());
    }

    private static Silence only(SimulatedService service) {
        List<Silence> found = detect(service.probed(), service);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<Silence> detect(RecordedTrace trace, SimulatedService service) {
        return OutageDetector.detect(trace, service.times(), service.interval, false)
                .orElseThrow()
                .outages();
    }

    private static List<Silence> detect(RecordedTrace trace, SampleTimes times) {
        return OutageDetector.detect(trace, times, TEN, false).orElseThrow().outages();
    }
}
