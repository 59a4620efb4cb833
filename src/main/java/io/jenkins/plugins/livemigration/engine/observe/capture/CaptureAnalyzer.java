package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Analyses a capture in one pass, in constant memory: at most {@link FlowTable#MOST_FLOWS} conversations are followed, each
 * of them in a fixed number of figures. Not for use by several threads.
 */
public final class CaptureAnalyzer {
    /** Shorter silences are no outages, if nothing else is wished. */
    public static final Duration DEFAULT_SILENCE = Duration.ofMillis(200);

    private static final long LONGEST_MICROS = 3_600_000_000L;

    private final SilenceRule silences;
    private final TrafficMeter meter;
    private final FlowTable flows = new FlowTable();
    private final Histogram tcpRtt = new Histogram(LONGEST_MICROS, 3);
    private long frames;
    private long bytes;
    private long otherFrames;
    private long fragments;
    private long unlisted;
    private long firstNanos;
    private long lastNanos;

    /**
     * An analysis that has seen nothing yet.
     *
     * @param silence shorter silences are no outages
     * @param meter is shown every TCP and UDP packet
     */
    private CaptureAnalyzer(Duration silence, TrafficMeter meter) {
        this.silences = new SilenceRule(silence.toNanos());
        this.meter = meter;
    }

    /**
     * Analyses a file.
     *
     * @param silence shorter silences are no outages
     * @throws IOException if it cannot be read, is no capture, or is damaged
     */
    public static CaptureAnalysis analyze(Path file, Duration silence) throws IOException {
        return analyze(file, silence, TrafficMeter.of());
    }

    /**
     * Analyses a file and adds up some of its traffic.
     *
     * @param meter what is to be added up; filled afterwards
     */
    public static CaptureAnalysis analyze(Path file, Duration silence, TrafficMeter meter) throws IOException {
        CaptureAnalyzer analyzer = new CaptureAnalyzer(silence, meter);
        try (CaptureReader reader = CaptureReader.open(file)) {
            Frame frame = new Frame();
            Packet packet = new Packet();
            while (reader.next(frame)) {
                analyzer.take(frame, packet);
            }
            return analyzer.finish(reader.format(), reader.torn());
        }
    }

    private void take(Frame frame, Packet packet) {
        if (frames == 0) {
            firstNanos = frame.nanos;
        }
        lastNanos = Math.max(lastNanos, frame.nanos);
        frames++;
        bytes += frame.length;
        packet.read(frame);
        if (packet.protocol == 0) {
            otherFrames++;
            fragments += packet.fragment ? 1 : 0;
            return;
        }
        meter.take(frame, packet);
        Flow flow = flows.find(packet);
        if (flow == null) {
            unlisted++;
            return;
        }
        boolean byA = flow.sentByA(packet);
        FlowSide side = byA ? flow.fromA : flow.fromB;
        FlowSide other = byA ? flow.fromB : flow.fromA;
        if (packet.protocol == Packet.TCP) {
            TcpSide backward = other.tcp();
            long trips = backward.rtts;
            TcpRules.take(flow, side.tcp(), backward, packet, frame.nanos);
            if (backward.rtts != trips) {
                tcpRtt.recordValue(Math.max(0, Math.min(LONGEST_MICROS, backward.lastRttNanos / 1000)));
            }
        } else {
            flow.takeProbe(packet, frame, byA);
        }
        silences.look(flow, side, other, frame.nanos);
        side.add(frame, packet, other);
    }

    private CaptureAnalysis finish(String format, boolean torn) {
        for (Flow flow : flows.all()) {
            silences.atEnd(flow, flow.fromA, flow.fromB, lastNanos);
            silences.atEnd(flow, flow.fromB, flow.fromA, lastNanos);
        }
        return new Findings(firstNanos)
                .analysis(
                        format, torn, frames, bytes, lastNanos, otherFrames, fragments, unlisted, tcpRtt, flows.all());
    }
}
