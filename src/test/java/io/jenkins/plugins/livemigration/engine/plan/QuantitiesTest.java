package io.jenkins.plugins.livemigration.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.result.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "800 ms, MILLISECONDS, 800",
        "1.5s, MILLISECONDS, 1500",
        "2 min, MILLISECONDS, 120000",
        "1 h, MILLISECONDS, 3600000",
        "250 us, MILLISECONDS, 0.25",
        "250 µs, MILLISECONDS, 0.25",
        "10 MiB, BYTES, 10485760",
        "10 MB, BYTES, 10000000",
        "1 KiB, BYTES, 1024",
        "1 kB, BYTES, 1000",
        "2 GiB/s, BYTES_PER_SECOND, 2147483648",
        "100 Mbit/s, BITS_PER_SECOND, 100000000",
        "2.5 %, PERCENT, 2.5",
        "3, COUNT, 3",
    })
    void readsNumbersWithTheirUnit(String text, Unit unit, BigDecimal amount) {
        assertThat(Quantities.parse(text, unit))
                .hasValueSatisfying(value -> assertThat(value).isEqualByComparingTo(amount));
    }

    @ParameterizedTest
    @CsvSource({
        "800, MILLISECONDS",
        "-1 s, MILLISECONDS",
        "1e3 ms, MILLISECONDS",
        "1. s, MILLISECONDS",
        ".5 s, MILLISECONDS",
        "'1,5 s', MILLISECONDS",
        "1 m, MILLISECONDS",
        "1 MiB, MILLISECONDS",
        "5 s, BYTES",
        "5 Mbit/s, BYTES_PER_SECOND",
        "5, PERCENT",
        "5 %, COUNT",
        "'', COUNT",
        "s, MILLISECONDS",
        "9999999999999999 s, MILLISECONDS",
        "999999999999999 TiB, BYTES",
    })
    void refusesAllElse(String text, Unit unit) {
        assertThat(Quantities.parse(text, unit)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void showsAnExampleThatItWouldRead(Unit unit) {
        assertThat(Quantities.parse(Quantities.example(unit), unit)).isPresent();
    }

    @Test
    void writesDurationsAsPeopleDo() {
        assertThat(Quantities.text(Duration.ZERO)).isEqualTo("0 s");
        assertThat(Quantities.text(Duration.ofMillis(1500))).isEqualTo("1500 ms");
        assertThat(Quantities.text(Duration.ofMinutes(10))).isEqualTo("10 min");
        assertThat(Quantities.text(Duration.ofHours(24))).isEqualTo("24 h");
        assertThat(Quantities.text(Duration.ofNanos(250_500))).isEqualTo("0.2505 ms");
    }

    @Property
    void readsBackEveryDurationThatItWrites(@ForAll @LongRange(min = 0, max = 86_400_000_000_000L) long nanos) {
        Duration duration = Duration.ofNanos(nanos);

        assertThat(Quantities.duration(Quantities.text(duration))).contains(duration);
    }

    @Property
    void readsBackEveryAmountThatItRead(
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999L) long nanos, @ForAll Unit unit) {
        double amount = BigDecimal.valueOf(nanos, 6).doubleValue();

        assertThat(Quantities.parse(Quantities.text(amount, unit), unit).map(BigDecimal::doubleValue))
                .contains(amount);
    }
}
