package io.jenkins.plugins.livemigration.engine.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * Values with their unit as people read them: three significant digits, scaled to a unit that suits them. Independent of
 * the reader's language, like all numbers in files. Bytes scale by thousands.
 */
public final class QuantityText {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);
    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P"};

    private QuantityText() {}

    /** The value with its unit: {@code 812 ms}, {@code 1.53 s}, {@code 201 MB}, {@code 0.5 %}, {@code 3}. */
    public static String text(double value, Unit unit) {
        return switch (unit) {
            case MILLISECONDS -> Math.abs(value) < 999.5 ? number(value) + " ms" : number(value / 1000) + " s";
            case BYTES, BYTES_PER_SECOND, BITS_PER_SECOND -> withPrefix(value, unit.symbol());
            case PERCENT -> number(value) + " %";
            case COUNT -> number(value);
        };
    }

    /** A number with three significant digits, all digits before the point kept, and no superfluous zeros. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "?" : value > 0 ? "∞" : "-∞";
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded =
                Math.abs(value) >= 100 ? exact.setScale(0, RoundingMode.HALF_EVEN) : exact.round(THREE_DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** A long duration to the second: {@code 42 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
    public static String lasting(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    private static String withPrefix(double value, String symbol) {
        double scaled = value;
        int prefix = 0;
        while (Math.abs(scaled) >= 999.5 && prefix < PREFIXES.length - 1) {
            scaled /= 1000;
            prefix++;
        }
        return number(scaled) + " " + PREFIXES[prefix] + symbol;
    }
}
