package io.jenkins.plugins.livemigration.engine.observe.capture;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a packet capture shows. docs/captures.md defines every figure; percentages are of 100, times are milliseconds, rates
 * bits per second.
 *
 * @param format {@code pcap} or {@code pcapng}
 * @param torn the file ends within a frame
 * @param bytes of the frames as they were on the wire
 * @param start time of the first frame; empty if there is none, or frames carry no time
 * @param durationMillis from the first frame to the last
 * @param otherFrames frames that are neither TCP nor UDP, or are of a link layer or tunnel that is not looked into
 * @param fragments frames that are fragments of IP packets
 * @param unlistedFrames frames of conversations beyond the number that is followed
 * @param tcpRttMillis round trips of TCP segments to their acknowledgements, as seen where the capture was taken
 * @param conversations in order of their first frames
 */
public record CaptureAnalysis(
        String format,
        boolean torn,
        long frames,
        long bytes,
        Optional<Instant> start,
        double durationMillis,
        long otherFrames,
        long fragments,
        long unlistedFrames,
        Optional<Percentiles> tcpRttMillis,
        List<Conversation> conversations) {
    public CaptureAnalysis {
        conversations = List.copyOf(conversations);
    }

    /** How many segments TCP sent again, by Wireshark's rules: frames that match {@code tcp.analysis.retransmission}. */
    @JsonProperty
    public long retransmissions() {
        return conversations.stream()
                .mapToLong(conversation -> conversation
                                .aToB()
                                .tcp()
                                .map(Tcp::retransmissions)
                                .orElse(0L)
                        + conversation.bToA().tcp().map(Tcp::retransmissions).orElse(0L))
                .sum();
    }

    /** The same with so many conversations at most, those with most bytes. */
    public CaptureAnalysis withLargest(int most) {
        List<Conversation> largest = conversations.stream()
                .sorted(Comparator.comparingLong((Conversation conversation) ->
                                conversation.aToB().bytes()
                                        + conversation.bToA().bytes())
                        .reversed())
                .limit(most)
                .toList();
        return new CaptureAnalysis(
                format,
                torn,
                frames,
                bytes,
                start,
                durationMillis,
                otherFrames,
                fragments,
                unlistedFrames,
                tcpRttMillis,
                largest);
    }

    /**
     * A conversation between two ends.
     *
     * @param protocol {@code tcp} or {@code udp}
     * @param a the end that sent the first frame, as {@code address:port}
     * @param startMillis its first frame, since the capture's
     * @param outageCount how many outages it has; {@code outages} holds the longest
     * @param probe if it is one of our own UDP probes
     */
    public record Conversation(
            String protocol,
            String a,
            String b,
            double startMillis,
            double durationMillis,
            Side aToB,
            Side bToA,
            long outageCount,
            double outageTotalMillis,
            List<CaptureOutage> outages,
            Optional<Probe> probe) {
        public Conversation {
            outages = List.copyOf(outages);
        }
    }

    /**
     * What one end sent.
     *
     * @param bytes of the frames as they were on the wire
     * @param payloadBytes of TCP or UDP
     * @param studies by the formulas of studies that evaluate Wireshark's tables
     * @param strict by the strict formulas
     * @param tcp for TCP
     */
    public record Side(long frames, long bytes, long payloadBytes, Studies studies, Strict strict, Optional<Tcp> tcp) {}

    /**
     * The studies' formulas.
     *
     * @param throughput frame bytes * 8 / (last frame - first frame)
     * @param delayMillis mean spacing of frames: what they call delay
     * @param jitterMillis sum |d_i - d_(i-1)| / (n - 1) over n spacings d
     * @param lossPercent frames that match tcp.analysis.retransmission / frames * 100; for UDP not to be had
     * @param lostSegmentPercent frames that match tcp.analysis.lost_segment / frames * 100
     */
    public record Studies(
            OptionalDouble throughput,
            OptionalDouble delayMillis,
            OptionalDouble jitterMillis,
            OptionalDouble lossPercent,
            OptionalDouble lostSegmentPercent) {}

    /**
     * The strict formulas.
     *
     * @param goodput payload bytes, each counted once, * 8 / the conversation's duration
     * @param rttMillis mean time to the acknowledgement of a segment that was sent once (Karn)
     * @param rttStdDevMillis standard deviation of these
     * @param repeatedPercent payload seen more than once / payload counted once * 100: lost behind the capturing point, or
     *     repeated for nothing
     * @param filledPercent payload that was missing and seen later / payload counted once * 100: lost before the capturing
     *     point, or late
     * @param missingBytes payload that never came by: not captured
     */
    public record Strict(
            OptionalDouble goodput,
            OptionalDouble rttMillis,
            OptionalDouble rttStdDevMillis,
            OptionalDouble repeatedPercent,
            OptionalDouble filledPercent,
            long missingBytes) {}

    /** Frames by the marks that Wireshark gives them. */
    public record Tcp(
            long retransmissions,
            long fastRetransmissions,
            long spuriousRetransmissions,
            long outOfOrder,
            long lostSegments,
            long duplicateAcks,
            long zeroWindows) {}

    /**
     * A time without packets from one end.
     *
     * @param silent the end that was silent
     * @param startMillis its last frame before, since the capture's first
     * @param endMillis its first frame after
     * @param durationMillis end minus start minus the normal spacing
     * @param open still silent at the end of the capture
     * @param sign why it is taken for an outage: {@code repeated}, {@code unanswered}, {@code streamStopped} or
     *     {@code probesLost}
     */
    public record CaptureOutage(
            String silent, double startMillis, double endMillis, double durationMillis, boolean open, String sign) {}

    /**
     * One of our own UDP probes, by its numbers.
     *
     * @param lossPercent (sent - answered) / sent * 100
     * @param jitterRfc3550Millis RFC 3550 over replies, with the requests' times in the capture as send times
     * @param rttStdDevMillis as ping's mdev
     */
    public record Probe(
            long sent,
            long answered,
            double lossPercent,
            Optional<Percentiles> rttMillis,
            OptionalDouble jitterRfc3550Millis,
            OptionalDouble rttStdDevMillis,
            long outageCount,
            double outageTotalMillis,
            List<CaptureOutage> outages) {
        public Probe {
            outages = List.copyOf(outages);
        }
    }

    /** Percentiles of an HdrHistogram with three significant digits, in milliseconds. */
    public record Percentiles(long count, double p50, double p90, double p99, double max) {}
}
