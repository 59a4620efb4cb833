package io.jenkins.plugins.livemigration.engine.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, MILLISECONDS, 0 ms",
        "0.31234, MILLISECONDS, 0.312 ms",
        "8.4249, MILLISECONDS, 8.42 ms",
        "812.4, MILLISECONDS, 812 ms",
        "999.4, MILLISECONDS, 999 ms",
        "999.6, MILLISECONDS, 1 s",
        "1532, MILLISECONDS, 1.53 s",
        "32700, MILLISECONDS, 32.7 s",
        "1532000, MILLISECONDS, 1532 s",
        "-4.25, MILLISECONDS, -4.25 ms",
        "201000000, BYTES, 201 MB",
        "34800000, BYTES, 34.8 MB",
        "999, BYTES, 999 B",
        "999600, BYTES, 1 MB",
        "12500000, BYTES_PER_SECOND, 12.5 MB/s",
        "2100000, BITS_PER_SECOND, 2.1 Mbit/s",
        "0.5, PERCENT, 0.5 %",
        "3, COUNT, 3",
        "3.5, COUNT, 3.5",
        "120345, COUNT, 120345",
    })
    void showsThreeDigitsInAUnitThatSuits(double value, Unit unit, String text) {
        assertThat(QuantityText.text(value, unit)).isEqualTo(text);
    }
}
