package io.jenkins.plugins.livemigration.engine.observe.capture;

import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.CaptureOutage;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Conversation;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Percentiles;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Probe;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Side;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Strict;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Studies;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Tcp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/** Makes the result of what was added up. */
final class Findings {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_MILLI = 1e3;

    private final long zero;

    /** @param zeroNanos the first frame's time */
    Findings(long zeroNanos) {
        this.zero = zeroNanos;
    }

    CaptureAnalysis analysis(
            String format,
            boolean torn,
            long frames,
            long bytes,
            long lastNanos,
            long otherFrames,
            long fragments,
            long unlisted,
            Histogram tcpRtt,
            List<Flow> flows) {
        Optional<Instant> start =
                frames == 0 || zero == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(0, zero));
        return new CaptureAnalysis(
                format,
                torn,
                frames,
                bytes,
                start,
                frames == 0 ? 0 : (lastNanos - zero) / NANOS_PER_MILLI,
                otherFrames,
                fragments,
                unlisted,
                percentiles(tcpRtt),
                conversations(flows));
    }

    private List<Conversation> conversations(List<Flow> flows) {
        List<Conversation> conversations = new ArrayList<>(flows.size());
        for (Flow flow : flows) {
            conversations.add(conversation(flow));
        }
        return conversations;
    }

    private Conversation conversation(Flow flow) {
        FlowSide a = flow.fromA;
        FlowSide b = flow.fromB;
        long last = Math.max(a.lastNanos, b.frames == 0 ? a.lastNanos : b.lastNanos);
        long duration = Math.max(0, last - a.firstNanos);
        return new Conversation(
                flow.protocol == Packet.TCP ? "tcp" : "udp",
                end(flow.aHigh, flow.aLow, flow.aPort),
                end(flow.bHigh, flow.bLow, flow.bPort),
                millis(a.firstNanos),
                duration / NANOS_PER_MILLI,
                side(flow, a, duration),
                side(flow, b, duration),
                flow.silences.count(),
                flow.silences.totalNanos() / NANOS_PER_MILLI,
                outages(flow, flow.silences),
                flow.probe().isEmpty()
                        ? Optional.empty()
                        : Optional.of(probe(flow, flow.probe().get())));
    }

    private static String end(long high, long low, int port) {
        String address = Packet.address(high, low);
        StringBuilder text = new StringBuilder(address);
        if (address.indexOf(':') >= 0) {
            text.insert(0, '[').append(']');
        }
        return text.append(':').append(port).toString();
    }

    private static Side side(Flow flow, FlowSide side, long duration) {
        boolean isTcp = flow.protocol == Packet.TCP;
        long span = side.lastNanos - side.firstNanos;
        Studies studies = new Studies(
                ratio(side.bytes * 8 * NANOS_PER_SECOND, span),
                side.frames > 1 ? ratio(span / NANOS_PER_MILLI, side.frames - 1) : OptionalDouble.empty(),
                side.frames > 2
                        ? ratio(side.variationNanos / NANOS_PER_MILLI, side.frames - 2)
                        : OptionalDouble.empty(),
                isTcp ? ratio(side.tcp().retransmissions * 100.0, side.frames) : OptionalDouble.empty(),
                isTcp ? ratio(side.tcp().lostSegments * 100.0, side.frames) : OptionalDouble.empty());
        if (!isTcp) {
            Strict strict = new Strict(
                    ratio(side.payload * 8 * NANOS_PER_SECOND, duration),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    0);
            return new Side(side.frames, side.bytes, side.payload, studies, strict, Optional.empty());
        }
        TcpSide tcp = side.tcp();
        long once = side.payload - tcp.repeatedBytes;
        double meanRtt = tcp.rttSumNanos / Math.max(1, tcp.rtts);
        double variance = tcp.rttSquares / Math.max(1, tcp.rtts) - meanRtt * meanRtt;
        Strict strict = new Strict(
                ratio(once * 8 * NANOS_PER_SECOND, duration),
                tcp.rtts > 0 ? OptionalDouble.of(meanRtt / NANOS_PER_MILLI) : OptionalDouble.empty(),
                tcp.rtts > 1
                        ? OptionalDouble.of(Math.sqrt(Math.max(0, variance)) / NANOS_PER_MILLI)
                        : OptionalDouble.empty(),
                ratio(tcp.repeatedBytes * 100.0, once),
                ratio(tcp.filledBytes * 100.0, once),
                Math.max(0, tcp.holeBytes - tcp.filledBytes));
        return new Side(
                side.frames,
                side.bytes,
                side.payload,
                studies,
                strict,
                Optional.of(new Tcp(
                        tcp.retransmissions,
                        tcp.fastRetransmissions,
                        tcp.spuriousRetransmissions,
                        tcp.outOfOrder,
                        tcp.lostSegments,
                        tcp.duplicateAckFrames,
                        tcp.zeroWindows)));
    }

    private Probe probe(Flow flow, ProbeStream probe) {
        return new Probe(
                probe.sent(),
                probe.answered(),
                (probe.sent() - probe.answered()) * 100.0 / Math.max(1, probe.sent()),
                percentiles(probe.rttMicros()),
                probe.hasJitter() ? OptionalDouble.of(probe.jitterNanos() / NANOS_PER_MILLI) : OptionalDouble.empty(),
                probe.answered() > 1
                        ? OptionalDouble.of(probe.rttDeviationNanos() / NANOS_PER_MILLI)
                        : OptionalDouble.empty(),
                probe.outages().count(),
                probe.outages().totalNanos() / NANOS_PER_MILLI,
                outages(flow, probe.outages()));
    }

    private List<CaptureOutage> outages(Flow flow, Silences silences) {
        if (silences.count() == 0) {
            return List.of();
        }
        String a = end(flow.aHigh, flow.aLow, flow.aPort);
        String b = end(flow.bHigh, flow.bLow, flow.bPort);
        List<CaptureOutage> outages = new ArrayList<>();
        for (Silences.Silence silence : silences.longest()) {
            outages.add(new CaptureOutage(
                    silence.byA() ? a : b,
                    millis(silence.startNanos()),
                    millis(silence.endNanos()),
                    silence.durationNanos() / NANOS_PER_MILLI,
                    silence.open(),
                    sign(silence.sign())));
        }
        return outages;
    }

    private static String sign(Silences.Sign sign) {
        return switch (sign) {
            case REPEATED -> "repeated";
            case UNANSWERED -> "unanswered";
            case STREAM_STOPPED -> "streamStopped";
            case PROBES_LOST -> "probesLost";
        };
    }

    private static Optional<Percentiles> percentiles(Histogram micros) {
        if (micros.getTotalCount() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Percentiles(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(90) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
                micros.getMaxValue() / MICROS_PER_MILLI));
    }

    private double millis(long nanos) {
        return (nanos - zero) / NANOS_PER_MILLI;
    }

    private static OptionalDouble ratio(double of, long by) {
        return by > 0 ? OptionalDouble.of(of / by) : OptionalDouble.empty();
    }
}
