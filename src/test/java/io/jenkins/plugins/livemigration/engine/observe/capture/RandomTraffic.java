package io.jenkins.plugins.livemigration.engine.observe.capture;

import io.jenkins.plugins.livemigration.engine.observe.capture.Frames.End;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * TCP conversations as a bad network makes them, from a seed: lost, repeated, late and never captured segments, duplicate
 * acknowledgements, signs of life, closed windows, connections that use old ports again, and wrapping numbers.
 */
final class RandomTraffic {
    private final Random random;
    private final List<Timed> frames = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Timed(double atMillis, byte[] frame) {}

    RandomTraffic(long seed) {
        this.random = new Random(seed);
    }

    /** A capture of so many connections, one after another on few ports, half of them overlapping. */
    Capture capture(int connections) {
        double at = 0;
        for (int i = 0; i < connections; i++) {
            End client = new End("10.1.0." + (1 + random.nextInt(2)), 40_000 + random.nextInt(3));
            End server = random.nextInt(4) == 0 && !client.address().contains(":")
                    ? new End("10.2.0.2", 80)
                    : new End("10.2.0.1", 80);
            double end = connection(client, server, at + random.nextDouble() * 5);
            at = end + random.nextDouble() * 3;
        }
        Capture capture = Capture.ethernet();
        frames.stream()
                .sorted(Comparator.comparingDouble(Timed::atMillis))
                .forEach(timed -> capture.add(timed.atMillis(), timed.frame()));
        return capture;
    }

    private double connection(End client, End server, double start) {
        int clientNext = random.nextInt();
        int serverNext = random.nextInt(3) == 0 ? -random.nextInt(5000) : random.nextInt();
        double trip = 0.2 + random.nextDouble() * 10;
        double at = start;
        if (random.nextInt(6) != 0) {
            add(at, Frames.tcp(client, server, clientNext, 0, Frames.SYN, 64000, 0));
            if (random.nextInt(5) == 0) {
                at += 1000;
                add(at, Frames.tcp(client, server, clientNext, 0, Frames.SYN, 64000, 0));
            }
            at += trip;
            add(at, Frames.tcp(server, client, serverNext, clientNext + 1, Frames.SYN | Frames.ACK, 65000, 0));
            at += 0.05;
            clientNext++;
            serverNext++;
            add(at, Frames.tcp(client, server, clientNext, serverNext, Frames.ACK, 64000, 0));
        }
        List<int[]> unacked = new ArrayList<>();
        int acked = serverNext;
        int steps = 20 + random.nextInt(60);
        for (int step = 0; step < steps; step++) {
            at += random.nextInt(8) == 0 ? random.nextDouble() * 300 : random.nextDouble() * 2;
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3, 4 -> {
                    int bytes = 1 + random.nextInt(3) * 700;
                    capturedMostly(at, Frames.tcp(server, client, serverNext, clientNext, Frames.ACK, 65000, bytes));
                    unacked.add(new int[] {serverNext, bytes});
                    serverNext += bytes;
                }
                case 5, 6 -> {
                    if (!unacked.isEmpty()) {
                        int[] segment = unacked.get(random.nextInt(unacked.size()));
                        capturedMostly(
                                at, Frames.tcp(server, client, segment[0], clientNext, Frames.ACK, 65000, segment[1]));
                    }
                }
                case 7, 8 -> {
                    if (!unacked.isEmpty()) {
                        int[] segment = unacked.get(random.nextInt(unacked.size()));
                        acked = segment[0] + segment[1];
                        int until = acked;
                        capturedMostly(at, Frames.tcp(client, server, clientNext, acked, Frames.ACK, 64000, 0));
                        if (random.nextBoolean()) {
                            unacked.removeIf(other -> other[0] + other[1] - until <= 0);
                        }
                    }
                }
                case 9 -> {
                    for (int i = 0; i < 1 + random.nextInt(4); i++) {
                        at += 0.1;
                        add(at, Frames.tcp(client, server, clientNext, acked, Frames.ACK, 64000, 0));
                    }
                    int from = acked;
                    unacked.stream()
                            .filter(segment -> segment[0] == from)
                            .findFirst()
                            .ifPresent(segment -> {
                                byte[] again = Frames.tcp(server, client, segment[0], 0, Frames.ACK, 65000, segment[1]);
                                addLater(again);
                            });
                }
                case 10 -> add(at, Frames.tcp(server, client, serverNext - 1, clientNext, Frames.ACK, 65000, step % 2));
                case 11 -> {
                    add(at, Frames.tcp(client, server, clientNext, serverNext, Frames.ACK, 0, 0));
                    at += 1;
                    add(at, Frames.tcp(server, client, serverNext, clientNext, Frames.ACK, 65000, 1));
                    at += 1;
                    add(at, Frames.tcp(client, server, clientNext, serverNext, Frames.ACK, 0, 0));
                    at += 1;
                    add(at, Frames.tcp(client, server, clientNext, serverNext, Frames.ACK, 64000, 0));
                }
                case 12 -> {
                    int bytes = 100;
                    capturedMostly(at, Frames.tcp(client, server, clientNext, acked, Frames.ACK, 64000, bytes));
                    if (random.nextBoolean()) {
                        at += 250;
                        add(at, Frames.tcp(client, server, clientNext, acked, Frames.ACK, 64000, bytes));
                    }
                    clientNext += bytes;
                }
                default -> {
                    // Two segments in the wrong order.
                    add(at, Frames.tcp(server, client, serverNext + 500, clientNext, Frames.ACK, 65000, 500));
                    at += random.nextDouble() * 6;
                    add(at, Frames.tcp(server, client, serverNext, clientNext, Frames.ACK, 65000, 500));
                    serverNext += 1000;
                }
            }
        }
        if (random.nextInt(3) != 0) {
            at += 1;
            int end = random.nextInt(4) == 0 ? Frames.RST : Frames.FIN | Frames.ACK;
            add(at, Frames.tcp(server, client, serverNext, clientNext, end, 65000, 0));
            if (random.nextInt(3) == 0) {
                at += 200;
                add(at, Frames.tcp(server, client, serverNext, clientNext, end, 65000, 0));
            }
            at += trip;
            add(at, Frames.tcp(client, server, clientNext, serverNext + 1, Frames.FIN | Frames.ACK, 64000, 0));
        }
        return at;
    }

    private void capturedMostly(double at, byte[] packet) {
        if (random.nextInt(12) != 0) {
            add(at, packet);
        }
    }

    private void add(double at, byte[] packet) {
        frames.add(new Timed(at, Frames.ethernet(packet)));
    }

    /** Soon after the newest frame. */
    private void addLater(byte[] packet) {
        double newest = frames.get(frames.size() - 1).atMillis();
        frames.add(new Timed(newest + (random.nextBoolean() ? 1 : 40), Frames.ethernet(packet)));
    }
}
