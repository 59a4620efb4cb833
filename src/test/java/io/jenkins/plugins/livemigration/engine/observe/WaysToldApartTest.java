package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was lost on the way there and what on the way back, where the other end counts what arrives. */
class WaysToldApartTest {
    private static final long MS = 1_000_000;
    private static final int ATTEMPTS = 4_000;
    private static final SampleTimes TIMES =
            new SampleTimes(0, 1_000 * MS, OptionalLong.empty(), OptionalLong.of(2_000 * MS), 4_000 * MS, List.of());
    private static final ProbePlan.Load LOAD =
            new ProbePlan.Load("load", "192.0.2.10", 9000, 1_222, 1, Duration.ofMillis(1), Duration.ofSeconds(1));

    @TempDir
    private Path folder;

    /** A way with its own losses, and the truth about it. */
    private static final class Way {
        private final RecordedTrace.Builder trace = new RecordedTrace.Builder(0, MS);
        private final boolean[] arrived = new boolean[ATTEMPTS];
        private final boolean[] answered = new boolean[ATTEMPTS];
        private int count;

        void send(int i, boolean lostThere, boolean lostBack) {
            trace.sent(i, i * MS);
            if (!lostThere) {
                arrived[i] = true;
                count++;
                if (!lostBack) {
                    answered[i] = true;
                    trace.replied(i, i * MS + MS / 2).peerCounted(i, count);
                }
            }
        }

        int count(boolean[] what, int from, int until) {
            int all = 0;
            for (int i = from; i < until; i++) {
                all += what[i] ? 1 : 0;
            }
            return all;
        }

        Map<String, Figure> figures() {
            return SampleObserver.observe(LOAD, trace.build(), TIMES).figures();
        }
    }

    private static Figure.Measured measured(Map<String, Figure> figures, String id) {
        assertThat(figures.get(id)).as(id).isInstanceOf(Figure.Measured.class);
        return (Figure.Measured) figures.get(id);
    }

    /** Random losses on both ways, single and in bursts: the bounds hold the truth always, and are narrow. */
    @Property(tries = 200)
    void holdsTheTruthOfBothWaysWhateverIsLost(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double there = random.nextDouble() * 0.3;
        double back = random.nextDouble() * 0.3;
        int outageFrom = random.nextInt(ATTEMPTS);
        int outageUntil = outageFrom + random.nextInt(600);
        boolean outageThere = random.nextBoolean();
        Way way = new Way();
        for (int i = 0; i < ATTEMPTS; i++) {
            boolean out = i >= outageFrom && i < outageUntil;
            way.send(
                    i,
                    random.nextDouble() < there || (out && outageThere),
                    random.nextDouble() < back || (out && !outageThere));
        }
        RecordedTrace trace = way.trace.build();
        int[] edges = {0, 1_000, 2_000, ATTEMPTS};
        for (int part = 0; part < 3; part++) {
            Arrivals arrivals = Arrivals.between(trace, edges[part] * MS, edges[part + 1] * MS);
            assertThat(way.count(way.arrived, edges[part], edges[part + 1]))
                    .isBetween(arrivals.least(), arrivals.most());
            assertThat(arrivals.answered()).isEqualTo(way.count(way.answered, edges[part], edges[part + 1]));
            assertThat(arrivals.sent()).isEqualTo(edges[part + 1] - edges[part]);
            boolean inOnePart = outageUntil <= edges[part] || outageFrom >= edges[part + 1];
            if (inOnePart && outageUntil < ATTEMPTS) {
                assertThat(arrivals.most() - arrivals.least())
                        .as("only losses at an edge")
                        .isLessThan(60);
            }
        }
    }

    @Test
    void tellsAHalvedWayThereFromAHalvedWayBack() {
        Way there = new Way();
        Way back = new Way();
        for (int i = 0; i < ATTEMPTS; i++) {
            boolean lost = i >= 1_000 && i < 2_000 && i % 2 == 1;
            there.send(i, lost, false);
            back.send(i, false, lost);
        }
        assertThat(measured(there.figures(), "throughput.during").value()).isEqualTo(5_000_000);
        assertThat(measured(back.figures(), "throughput.during").value()).isEqualTo(5_000_000);

        // The last one of a part is lost and the reply behind it is of the next part: known all the same.
        assertThat(measured(there.figures(), "throughput.oneWay.during").value())
                .isEqualTo(5_000_000);
        assertThat(measured(back.figures(), "throughput.oneWay.during").value()).isEqualTo(10_000_000);
        assertThat(measured(back.figures(), "throughput.oneWayBack.during").value())
                .isEqualTo(5_000_000);
        assertThat(measured(there.figures(), "loss.oneWay.during").value()).isEqualTo(50);
        assertThat(measured(there.figures(), "loss.oneWayBack.during").value()).isZero();
        assertThat(measured(back.figures(), "loss.oneWay.during").value()).isZero();
        Figure.Measured lost = measured(back.figures(), "loss.oneWayBack.during");
        assertThat(lost.value()).isEqualTo(50);
        assertThat(lost.source().orElseThrow().arguments()).containsExactly("load", "1000", "1000", "500");
    }

    @Test
    void saysNothingWhereTheServiceDoesNotCount() {
        RecordedTrace.Builder echo = new RecordedTrace.Builder(0, MS);
        for (int i = 0; i < ATTEMPTS; i++) {
            echo.sent(i, i * MS).replied(i, i * MS + MS / 2);
        }
        Map<String, Figure> figures =
                SampleObserver.observe(LOAD, echo.build(), TIMES).figures();

        assertThat(figures.get("throughput.oneWay.during"))
                .isInstanceOfSatisfying(
                        Figure.Absent.class,
                        absent -> assertThat(absent.reason().key()).isEqualTo("observe.uncounted"));
        assertThat(figures).doesNotContainKey("loss.oneWay.during");
    }

    @Test
    void saysNothingOfTheTimeBehindTheLastReply() {
        Way way = new Way();
        for (int i = 0; i < ATTEMPTS; i++) {
            way.send(i, i >= 2_100, false);
        }
        Map<String, Figure> figures = way.figures();

        assertThat(figures.get("loss.oneWay.after")).isInstanceOf(Figure.Absent.class);
        assertThat(figures.get("throughput.oneWay.after")).isInstanceOf(Figure.Absent.class);
        assertThat(measured(figures, "loss.oneWay.during").value()).isZero();
    }

    @Test
    void doesNotTrustTheNumbersAcrossANewStartOfTheOtherEnd() {
        Way way = new Way();
        for (int i = 0; i < ATTEMPTS; i++) {
            if (i == 1_500) {
                way.count = 0;
            }
            way.send(i, i >= 1_400 && i < 1_500, false);
        }
        Figure.Measured loss = measured(way.figures(), "loss.oneWay.during");

        assertThat(loss.lower()).isZero();
        assertThat(loss.upper()).isEqualTo(10);
        assertThat(measured(way.figures(), "loss.oneWay.after").upper()).isZero();
    }

    /** The real probe and the real responder, and between them a way that loses one in four there and one in five back. */
    @Test
    void agreesWithWhatALossyWayReallyLost() throws Exception {
        AtomicBoolean needed = new AtomicBoolean(true);
        AtomicInteger there = new AtomicInteger();
        AtomicInteger back = new AtomicInteger();
        RecordedTrace trace;
        try (Responder responder = new Responder(0);
                DatagramSocket front = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                DatagramSocket behind = new DatagramSocket()) {
            Thread answering = new Thread(() -> {
                try {
                    responder.respond(Duration.ofMinutes(1), needed::get);
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            });
            answering.start();
            behind.connect(InetAddress.getLoopbackAddress(), responder.port());
            Thread[] ways = ways(front, behind, there, back);
            ProbePlan.Load plan = new ProbePlan.Load(
                    "load", "127.0.0.1", front.getLocalPort(), 200, 2, Duration.ofMillis(2), Duration.ofMillis(300));
            try (ProbeSession session = new SystemProbes().start(List.of(plan), folder, "s", RunClock.startingNow())) {
                assertThat(session.awaitReplies(600, Duration.ofSeconds(60))).isEmpty();
                session.stop();
            }
            trace = ProbeFile.read(folder.resolve("s-load.probe")).trace();
            needed.set(false);
            front.close();
            behind.close();
            for (Thread way : ways) {
                way.join(10_000);
            }
            answering.join(10_000);
        }
        Arrivals arrivals = Arrivals.between(trace, Long.MIN_VALUE, Long.MAX_VALUE);

        assertThat(arrivals.answered()).isEqualTo(back.get());
        assertThat(there.get()).isBetween(arrivals.least(), arrivals.most());
        assertThat(arrivals.most() - arrivals.least()).isLessThan(20);
        assertThat(1 - there.get() / (double) arrivals.sent()).isEqualTo(0.25, within(0.02));
        assertThat(1 - arrivals.answered() / (double) there.get()).isEqualTo(0.2, within(0.03));
    }

    /** What comes in front goes on behind and the other way round, but for every fourth and every fifth. */
    private static Thread[] ways(DatagramSocket front, DatagramSocket behind, AtomicInteger there, AtomicInteger back) {
        AtomicInteger client = new AtomicInteger();
        Thread to = new Thread(() -> forward(front, packet -> {
            client.set(packet.getPort());
            int slot = ByteBuffer.wrap(packet.getData()).getInt(4);
            if (slot % 4 != 0) {
                there.incrementAndGet();
                packet.setSocketAddress(behind.getRemoteSocketAddress());
                behind.send(packet);
            }
        }));
        Thread from = new Thread(() -> forward(behind, packet -> {
            int slot = ByteBuffer.wrap(packet.getData()).getInt(4);
            if (slot % 5 != 0) {
                back.incrementAndGet();
                SocketAddress asked = new InetSocketAddress(InetAddress.getLoopbackAddress(), client.get());
                packet.setSocketAddress(asked);
                front.send(packet);
            }
        }));
        to.start();
        from.start();
        return new Thread[] {to, from};
    }

    private interface Step {
        void take(DatagramPacket packet) throws IOException;
    }

    private static void forward(DatagramSocket from, Step step) {
        byte[] bytes = new byte[2048];
        while (!from.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                from.receive(packet);
                step.take(packet);
            } catch (SocketException closed) {
                return;
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
