package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** One-way delays from two clocks, and the throughput of a load. */
class PeerFiguresTest {
    private static final long MS = 1_000_000;
    private static final SampleTimes TIMES =
            new SampleTimes(0, 1_000 * MS, OptionalLong.empty(), OptionalLong.of(2_000 * MS), 4_000 * MS, List.of());
    private static final ProbePlan.OneWay ONE_WAY =
            new ProbePlan.OneWay("peer", "host-c", "192.0.2.30", 0, Duration.ofMillis(10), Duration.ofSeconds(1));

    private static Map<String, Figure> oneWay(ProbeTrace trace) {
        return SampleObserver.observe(ONE_WAY, trace, TIMES).figures();
    }

    /** The first of every ten goes fast, the others wait in a queue: on the way there, or back. */
    private static RecordedTrace queued(long offset, long fast, long queueThere, long queueBack, double driftPpm) {
        RecordedTrace.Builder trace = new RecordedTrace.Builder(0, 10 * MS);
        for (int i = 0; i < 400; i++) {
            long sent = i * (10 * MS);
            long there = sent + fast + (i % 10 == 0 ? 0 : queueThere);
            long back = there + MS / 20 + fast + (i % 10 == 0 ? 0 : queueBack);
            trace.sent(i, sent).replied(i, back);
            trace.peerReceived(i, there + offset + (long) (there * driftPpm / 1e6));
            trace.peerSent(i, there + MS / 20 + offset + (long) (there * driftPpm / 1e6));
        }
        return trace.build();
    }

    @Property(tries = 100)
    void tellsTheDelayOfEachDirectionWhateverTheOtherClockShows(
            @ForAll @LongRange(min = -4_000_000_000_000_000_000L, max = 4_000_000_000_000_000_000L) long offset) {
        Map<String, Figure> figures = oneWay(queued(offset, MS / 10, 8 * MS, 3 * MS, 0));
        Figure.Measured there = (Figure.Measured) figures.get("delay.oneWay.during");
        Figure.Measured back = (Figure.Measured) figures.get("delay.oneWayBack.after");
        assertThat(there.value()).isCloseTo(8.1, within(0.001));
        assertThat(there.upper() - there.lower()).isCloseTo(0.2, within(0.001));
        assertThat(back.value()).isCloseTo(3.1, within(0.001));
    }

    @Test
    void holdsTheTruthWhenTheClocksDriftApart() {
        Map<String, Figure> figures = oneWay(queued(7 * MS, MS / 10, 8 * MS, 8 * MS, 50));
        for (String part : List.of("before", "during", "after")) {
            Figure.Measured there = (Figure.Measured) figures.get("delay.oneWay." + part);
            assertThat(there.lower()).isLessThanOrEqualTo(8.1);
            assertThat(there.upper()).isGreaterThanOrEqualTo(8.1);
        }
    }

    @Test
    void isAbsentWithTheReasonWhereTheClocksAreKnownTooBadly() {
        Figure there = oneWay(queued(5 * MS, MS, 0, 0, 0)).get("delay.oneWay.during");
        assertThat(there).isInstanceOf(Figure.Absent.class);
        assertThat(((Figure.Absent) there).reason().key()).isEqualTo("observe.clocksUnsure");
    }

    /** A connected socket takes answers from nowhere else; what listens on all addresses answers here from 127.0.0.1. */
    @Test
    void aResponderAnswersFromTheAddressThatItWasGiven() throws Exception {
        InetAddress floating = InetAddress.getByName("127.0.0.2");
        AtomicBoolean needed = new AtomicBoolean(true);
        try (Responder responder = new Responder(new InetSocketAddress(floating, 0));
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try {
                    responder.respond(Duration.ofMinutes(1), needed::get);
                } catch (java.io.IOException broken) {
                    throw new java.io.UncheckedIOException(broken);
                }
            });
            thread.start();
            client.connect(floating, responder.port());
            client.setSoTimeout(10_000);
            byte[] question = new byte[64];
            ByteBuffer.wrap(question).putInt(UdpProbe.MAGIC);
            client.send(new DatagramPacket(question, 64));
            DatagramPacket answer = new DatagramPacket(new byte[64], 64);
            client.receive(answer);
            assertThat(answer.getAddress()).isEqualTo(floating);
            needed.set(false);
            thread.join(10_000);
        }
    }

    @Test
    void tellsTheThroughputOfALoadAndInWhichBurstsItWasLost() {
        ProbePlan.Load plan =
                new ProbePlan.Load("load", "192.0.2.10", 9000, 1_222, 10, Duration.ofMillis(10), Duration.ofSeconds(1));
        assertThat(plan.bitsPerSecond()).isEqualTo(10_000_000);
        RecordedTrace.Builder trace = new RecordedTrace.Builder(0, MS);
        for (int i = 0; i < 4_000; i++) {
            trace.sent(i, i * MS);
            if (i < 1_500 || i >= 1_900) {
                trace.replied(i, i * MS + MS / 2);
            }
        }
        Map<String, Figure> figures =
                SampleObserver.observe(plan, trace.build(), TIMES).figures();
        assertThat(figures.get("throughput.before").amount()).contains(10_000_000.0);
        Figure.Measured during = (Figure.Measured) figures.get("throughput.during");
        assertThat(during.value()).isEqualTo(6_000_000);
        assertThat(during.source().orElseThrow().arguments())
                .containsExactly("load", "10 Mbit/s", "10 Mbit/s", "400", "1000", "1", "400");
        assertThat(figures.get("throughput.after").amount()).contains(10_000_000.0);
        assertThat(figures).doesNotContainKey("downtime.observed");
    }

    @Test
    void answersProbesOnlyAndEndsWhenNobodyNeedsIt() throws Exception {
        AtomicBoolean needed = new AtomicBoolean(true);
        try (Responder responder = new Responder(0);
                DatagramSocket client = new DatagramSocket()) {
            Thread thread = new Thread(() -> {
                try {
                    responder.respond(Duration.ofMinutes(1), needed::get);
                } catch (java.io.IOException broken) {
                    throw new java.io.UncheckedIOException(broken);
                }
            });
            thread.start();
            client.connect(InetAddress.getLoopbackAddress(), responder.port());
            client.setSoTimeout(10_000);
            client.send(new DatagramPacket(new byte[64], 64));
            byte[] question = new byte[64];
            ByteBuffer.wrap(question).putInt(UdpProbe.MAGIC).putInt(7).putLong(42);
            client.send(new DatagramPacket(question, question.length));
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            client.receive(answer);
            ByteBuffer content = ByteBuffer.wrap(answer.getData());
            assertThat(answer.getLength()).isEqualTo(64);
            assertThat(content.getInt(4)).as("the probe's, not the stranger's").isEqualTo(7);
            assertThat(content.getLong(Responder.SENT_AT))
                    .isGreaterThanOrEqualTo(content.getLong(Responder.RECEIVED_AT));
            needed.set(false);
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
