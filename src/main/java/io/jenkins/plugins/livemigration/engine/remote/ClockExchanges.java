package io.jenkins.plugins.livemigration.engine.remote;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Estimates the offset between two clocks from questions and answers over one open channel, as Cristian (1989) does it:
 * the other clock was read somewhere between question and answer, so the shortest exchange bounds it best, by half its
 * round trip.
 *
 * <p>Where the other side's clock tells whole seconds only, every exchange still bounds the offset from both sides, and
 * an exchange near the turn of a second bounds it narrowly; there the bounds of all exchanges are intersected over a
 * little more than one second.
 */
final class ClockExchanges {
    /** Exchanges with a clock that tells fractions. */
    private static final int EXCHANGES = 20;
    /** Sees at least one turn of a second. */
    private static final Duration COARSE_PERIOD = Duration.ofMillis(1200);

    private static final long SECOND = 1_000_000_000L;
    private static final Pattern FINE = Pattern.compile("\\d{1,11}\\.\\d{1,9}");
    private static final Pattern COARSE = Pattern.compile("\\d{1,11}");

    /**
     * Answers every line it reads with the time since 1970 in seconds: by bash's own clock, else by date, which BusyBox
     * has with whole seconds only. It ends with its standard input.
     */
    static final String ANSWERING_COMMAND = "if [ -n \"$(bash -c 'echo $EPOCHREALTIME' 2>/dev/null)\" ]; then"
            + " exec bash -c 'while read -r _; do echo \"$EPOCHREALTIME\"; done';"
            + " else case $(date +%N) in ''|*[!0-9]*) f=+%s ;; *) f=+%s.%N ;; esac;"
            + " while read -r _; do date $f; done; fi";

    /** Asks once and returns the answer. */
    interface Question {
        /** Asks, and waits for the answer; empty if there will be no more. */
        Optional<Answer> ask() throws IOException, InterruptedException;
    }

    /** @param receivedNanos {@link System#nanoTime()} when it came in */
    record Answer(String text, long receivedNanos) {}

    /** One clock reading with what is known about when it was taken. */
    private record Exchange(long hostNanos, boolean coarse, long sentWallNanos, long roundTripNanos) {

        /** The lowest offset that this exchange allows. */
        long lowest() {
            return hostNanos - (sentWallNanos + roundTripNanos);
        }

        /** The highest: the host's clock showed less than one unit of its resolution more than it told. */
        long highest() {
            return hostNanos + (coarse ? SECOND : 0) - sentWallNanos;
        }
    }

    private long lowest = Long.MIN_VALUE;
    private long highest = Long.MAX_VALUE;
    private Optional<Exchange> shortest = Optional.empty();

    private ClockExchanges() {}

    /** Asks some times; empty if the other side does not answer in the expected form. */
    static Optional<ClockOffset> estimate(Question question) throws IOException, InterruptedException {
        ClockExchanges exchanges = new ClockExchanges();
        long begin = System.nanoTime();
        for (int i = 0; ; i++) {
            Optional<Exchange> next = exchange(question);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            exchanges.add(next.get());
            boolean enough =
                    next.get().coarse() ? System.nanoTime() - begin >= COARSE_PERIOD.toNanos() : i + 1 >= EXCHANGES;
            if (enough) {
                return exchanges.offset();
            }
        }
    }

    private static Optional<Exchange> exchange(Question question) throws IOException, InterruptedException {
        Instant now = Instant.now();
        long sent = System.nanoTime();
        Optional<Answer> answer = question.ask();
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        String text = answer.get().text().strip();
        boolean fine = FINE.matcher(text).matches();
        if (!fine && !COARSE.matcher(text).matches()) {
            return Optional.empty();
        }
        long hostNanos = new BigDecimal(text).movePointRight(9).longValueExact();
        long sentWall = now.getEpochSecond() * SECOND + now.getNano();
        return Optional.of(new Exchange(hostNanos, !fine, sentWall, answer.get().receivedNanos() - sent));
    }

    private void add(Exchange exchange) {
        lowest = Math.max(lowest, exchange.lowest());
        highest = Math.min(highest, exchange.highest());
        if (shortest.isEmpty() || exchange.roundTripNanos() < shortest.get().roundTripNanos()) {
            shortest = Optional.of(exchange);
        }
    }

    private Optional<ClockOffset> offset() {
        Exchange best = shortest.orElseThrow();
        if (!best.coarse()) {
            return Optional.of(between(best.lowest(), best.highest()));
        }
        // a clock that was set in the middle of it contradicts itself
        return lowest <= highest ? Optional.of(between(lowest, highest)) : Optional.empty();
    }

    private static ClockOffset between(long low, long high) {
        return new ClockOffset(low + (high - low) / 2, (high - low + 1) / 2);
    }
}
