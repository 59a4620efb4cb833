package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.result.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with their unit, as people write them: {@code 800 ms}, {@code 1.5s}, {@code 10 MiB}, {@code 3 %}. */
final class Quantities {
    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?) *([A-Za-zµ%/]{0,8})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(?:\\.[0-9]{1,9})?");

    /** So that every amount can be written out in its own unit again. */
    private static final BigDecimal MOST = BigDecimal.TEN.pow(15);

    private static final Map<String, BigDecimal> MILLISECONDS = Map.of(
            "us",
            new BigDecimal("0.001"),
            "µs",
            new BigDecimal("0.001"),
            "ms",
            BigDecimal.ONE,
            "s",
            BigDecimal.valueOf(1000),
            "min",
            BigDecimal.valueOf(60_000),
            "h",
            BigDecimal.valueOf(3_600_000));
    private static final Map<String, BigDecimal> BYTES = byteUnits("");
    private static final Map<String, BigDecimal> BYTES_PER_SECOND = byteUnits("/s");
    private static final Map<String, BigDecimal> BITS_PER_SECOND = Map.of(
            "bit/s", BigDecimal.ONE,
            "kbit/s", BigDecimal.valueOf(1000),
            "Mbit/s", BigDecimal.valueOf(1_000_000),
            "Gbit/s", BigDecimal.valueOf(1_000_000_000));

    private Quantities() {}

    /** The amount in the given unit; empty if the text is no such quantity. */
    static Optional<BigDecimal> parse(String text, Unit unit) {
        Matcher matcher = QUANTITY.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal factor = factors(unit).get(matcher.group(2));
        return factor == null
                ? Optional.empty()
                : Optional.of(new BigDecimal(matcher.group(1)).multiply(factor).setScale(9, RoundingMode.HALF_UP))
                        .filter(amount -> amount.compareTo(MOST) < 0);
    }

    /** Whether the text is a number and nothing else. */
    static boolean isBareNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** What a quantity in that unit looks like. */
    static String example(Unit unit) {
        return switch (unit) {
            case MILLISECONDS -> "800 ms";
            case BYTES -> "10 MiB";
            case BYTES_PER_SECOND -> "10 MiB/s";
            case BITS_PER_SECOND -> "100 Mbit/s";
            case PERCENT -> "3 %";
            case COUNT -> "1";
        };
    }

    /** A duration, to the nanosecond. */
    static Optional<Duration> duration(String text) {
        return parse(text, Unit.MILLISECONDS)
                .map(millis -> millis.movePointRight(6)
                        .setScale(0, RoundingMode.HALF_UP)
                        .toBigInteger())
                .filter(nanos -> nanos.bitLength() < 63)
                .map(nanos -> Duration.ofNanos(nanos.longValueExact()));
    }

    /** A duration as a plan would write it, in the largest unit that keeps it whole. */
    static String text(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos % 3_600_000_000_000L == 0 && nanos != 0) {
            return nanos / 3_600_000_000_000L + " h";
        }
        if (nanos % 60_000_000_000L == 0 && nanos != 0) {
            return nanos / 60_000_000_000L + " min";
        }
        if (nanos % 1_000_000_000L == 0) {
            return nanos / 1_000_000_000L + " s";
        }
        return text(BigDecimal.valueOf(nanos, 6)) + " ms";
    }

    /** An amount as a plan would write it, in the unit itself. */
    static String text(double amount, Unit unit) {
        String number = text(BigDecimal.valueOf(amount));
        return unit == Unit.COUNT ? number : number + " " + unit.symbol();
    }

    private static String text(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    private static Map<String, BigDecimal> factors(Unit unit) {
        return switch (unit) {
            case MILLISECONDS -> MILLISECONDS;
            case BYTES -> BYTES;
            case BYTES_PER_SECOND -> BYTES_PER_SECOND;
            case BITS_PER_SECOND -> BITS_PER_SECOND;
            case PERCENT -> Map.of("%", BigDecimal.ONE);
            case COUNT -> Map.of("", BigDecimal.ONE);
        };
    }

    private static Map<String, BigDecimal> byteUnits(String suffix) {
        Map<String, BigDecimal> units = new LinkedHashMap<>();
        units.put("B" + suffix, BigDecimal.ONE);
        BigDecimal decimal = BigDecimal.ONE;
        BigDecimal binary = BigDecimal.ONE;
        for (String prefix : new String[] {"k", "M", "G", "T"}) {
            decimal = decimal.multiply(BigDecimal.valueOf(1000));
            binary = binary.multiply(BigDecimal.valueOf(1024));
            units.put(prefix + "B" + suffix, decimal);
            units.put((prefix.equals("k") ? "K" : prefix) + "iB" + suffix, binary);
        }
        return Map.copyOf(units);
    }
}
