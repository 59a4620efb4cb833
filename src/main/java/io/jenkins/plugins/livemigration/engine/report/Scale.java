package io.jenkins.plugins.livemigration.engine.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to coordinates, linearly.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}; greater than {@code low}
 */
record Scale(double low, double high, double from, double to) {
    Scale {
        if (!(low < high)) {
            throw new IllegalArgumentException("an empty scale: " + low + " to " + high);
        }
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    /** The coordinate of the value, or the nearest end of the scale. */
    double clamped(double value) {
        return at(Math.max(low, Math.min(high, value)));
    }

    /** Round values in steps of 1, 2 or 5 times a power of ten, at most so many. */
    List<Double> ticks(int most) {
        double raw = (high - low) / Math.max(1, most);
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power * 10;
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= raw * (1 - 1e-9)) {
                step = factor * power;
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        // Counting keeps the steps exact: adding them up would not.
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** A scale from zero, or from near the smallest value if all are far from zero, with some room. */
    static Scale around(double smallest, double largest, double from, double to) {
        double room = Math.max((largest - smallest) * 0.08, largest * 0.02);
        double low = smallest > largest * 0.6 ? smallest - room : 0;
        double high = largest + room;
        return high > low ? new Scale(low, high, from, to) : new Scale(low, low + 1, from, to);
    }
}
