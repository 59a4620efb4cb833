package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ClockExchangesTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 3_600_000, -250, 86_400_000})
    void aClockWithFractionsIsBoundedByTheShortestExchange(long offsetMillis) throws Exception {
        int[] asked = {0};
        ClockOffset offset = ClockExchanges.estimate(() -> {
                    boolean slow = asked[0]++ % 3 != 0;
                    pause(slow ? 5_000_000 : 200_000);
                    Optional<ClockExchanges.Answer> answer = answer(clock(offsetMillis), 9);
                    return answer;
                })
                .orElseThrow();
        long error = Math.abs(offset.offsetNanos() - TimeUnit.MILLISECONDS.toNanos(offsetMillis));
        assertThat(error).isLessThanOrEqualTo(offset.uncertaintyNanos() + 1_000_000);
        assertThat(offset.uncertaintyNanos()).isBetween(100_000L, 2_000_000L);
    }

    @Test
    void aClockWithWholeSecondsIsBoundedByTheTurnOfASecond() throws Exception {
        ClockOffset offset = ClockExchanges.estimate(() -> {
                    pause(2_000_000);
                    return answer(clock(7_340), 0);
                })
                .orElseThrow();
        assertThat(Math.abs(offset.offsetNanos() - Duration.ofMillis(7_340).toNanos()))
                .isLessThanOrEqualTo(offset.uncertaintyNanos() + 1_000_000);
        assertThat(offset.uncertaintyNanos()).isLessThan(50_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%s.%N", "1700000000.N", "date: not found", "-5", "1e9", "17000000000000"})
    void anythingElseIsNoClock(String text) throws Exception {
        assertThat(ClockExchanges.estimate(() -> Optional.of(new ClockExchanges.Answer(text, System.nanoTime()))))
                .isEmpty();
    }

    @Test
    void aDialogueThatEndsGivesNoOffset() throws Exception {
        assertThat(ClockExchanges.estimate(Optional::empty)).isEmpty();
    }

    private static Instant clock(long offsetMillis) {
        return Instant.now().plusMillis(offsetMillis);
    }

    private static Optional<ClockExchanges.Answer> answer(Instant clock, int digits) {
        String text = BigDecimal.valueOf(clock.getEpochSecond())
                .add(BigDecimal.valueOf(clock.getNano(), 9))
                .setScale(digits, RoundingMode.FLOOR)
                .toPlainString();
        return Optional.of(new ClockExchanges.Answer(text, System.nanoTime()));
    }

    /** The one way of the network that the test simulates. */
    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
