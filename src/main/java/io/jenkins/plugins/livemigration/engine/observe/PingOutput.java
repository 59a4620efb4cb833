package io.jenkins.plugins.livemigration.engine.observe;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code ping -n -D -O} of iputils prints, line by line, and unwraps its 16-bit sequence numbers.
 *
 * <pre>
 * [1795153483.499568] 64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.177 ms
 * [1795153483.513997] no answer yet for icmp_seq=2
 * [1795153483.523997] From 10.0.0.2 icmp_seq=3 Destination Host Unreachable
 * </pre>
 */
final class PingOutput {
    private static final Pattern REPLY = Pattern.compile("bytes from .*icmp_seq=(\\d+) .*time=([0-9.]+) ms");
    private static final Pattern MISSING = Pattern.compile("(?:no answer yet for|From .*) icmp_seq=(\\d+)");
    private static final int WRAP = 1 << 16;

    private long newest = -1;

    /**
     * What a line says about one attempt.
     *
     * @param number from 1, unwrapped
     * @param rttNanos empty if it says that there is no answer (yet)
     */
    record Line(long number, Optional<Long> rttNanos) {}

    /** Empty for lines that are about no attempt. */
    Optional<Line> read(String text) {
        Matcher reply = REPLY.matcher(text);
        if (reply.find()) {
            long rtt = Math.round(Double.parseDouble(reply.group(2)) * 1e6);
            return Optional.of(new Line(unwrap(Integer.parseInt(reply.group(1), 10)), Optional.of(rtt)));
        }
        Matcher missing = MISSING.matcher(text);
        if (missing.find()) {
            return Optional.of(new Line(unwrap(Integer.parseInt(missing.group(1), 10)), Optional.empty()));
        }
        return Optional.empty();
    }

    /** The number nearest to the newest one seen. */
    private long unwrap(int number) {
        long unwrapped = number;
        if (newest >= 0) {
            unwrapped = newest - Math.floorMod(newest, WRAP) + number;
            if (unwrapped - newest > WRAP / 2) {
                unwrapped -= WRAP;
            } else if (newest - unwrapped > WRAP / 2) {
                unwrapped += WRAP;
            }
        }
        newest = Math.max(newest, unwrapped);
        return unwrapped;
    }
}
