package io.jenkins.plugins.livemigration.engine.migrate.proxmox.log;

import java.util.List;

/**
 * A number of bytes (or bytes per second) as a log prints it.
 *
 * @param value as printed
 * @param lower what the true value cannot be below, given the printed digits
 * @param upper what the true value cannot be above
 */
public record Amount(double value, double lower, double upper) {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");
    private static final double HALF_OF_THE_LAST_DIGIT = 0.05;

    /** What the pattern of an amount in a log looks like; its number and unit are two groups. */
    static final String PATTERN = "([0-9]{1,12}(?:\\.[0-9]{1,3})?) (B|KiB|MiB|GiB|TiB|PiB)";

    /** A whole number of bytes. */
    static Amount exactly(long bytes) {
        return new Amount(bytes, bytes, bytes);
    }

    /** What {@code render_bytes} of Proxmox VE prints: one decimal and a binary unit. */
    static Amount rendered(String number, String unit) {
        double factor = Math.pow(1024, UNITS.indexOf(unit));
        double value = Double.parseDouble(number);
        return new Amount(
                value * factor,
                Math.max(0, value - HALF_OF_THE_LAST_DIGIT) * factor,
                (value + HALF_OF_THE_LAST_DIGIT) * factor);
    }

    /** The sum, with its bounds. */
    Amount plus(Amount other) {
        return new Amount(value + other.value, lower + other.lower, upper + other.upper);
    }
}
