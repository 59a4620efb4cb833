package io.jenkins.plugins.livemigration.engine.migrate.command;

import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a migration command says in a line of its output that begins with {@code lmb:}.
 *
 * <pre>
 * lmb: requested
 * lmb: phase-start NAME
 * lmb: phase-end NAME [BYTES]
 * lmb: mark source-stopped | destination-opened | confirmed | iteration
 * lmb: figure METRIC VALUE [UNIT]
 * lmb: note TEXT
 * </pre>
 */
sealed interface MarkedLine {

    /** The request goes out now; without this line, the start of the command counts. */
    record Requested() implements MarkedLine {}

    /** A phase begins. */
    record PhaseStart(String name) implements MarkedLine {}

    /** A phase ends. */
    record PhaseEnd(String name, OptionalLong bytes) implements MarkedLine {}

    /** A moment that the metrics need. */
    record Moment(Mark.Kind kind) implements MarkedLine {}

    /** A figure, converted to the metric's unit. */
    record Value(Metric metric, double value) implements MarkedLine {}

    /** Something the reader must know. */
    record Note(String text) implements MarkedLine {}

    /** It is marked, but says nothing that is known; {@code why} is for the reader. */
    record Unclear(String line, String why) implements MarkedLine {}

    /** Parses a line of output; empty if it is not marked. Never throws. */
    static Optional<MarkedLine> parse(String line) {
        Matcher marked = Syntax.MARKED.matcher(line);
        if (!marked.matches()) {
            return Optional.empty();
        }
        String rest = marked.group("rest").strip();
        String[] words = rest.split("\\s+");
        return Optional.of(
                switch (words[0]) {
                    case "requested" -> new Requested();
                    case "phase-start" ->
                        words.length == 2 ? new PhaseStart(words[1]) : new Unclear(line, "phase-start takes one name");
                    case "phase-end" -> phaseEnd(line, words);
                    case "mark" -> moment(line, words);
                    case "figure" -> figure(line, words);
                    case "note" -> new Note(rest.substring("note".length()).strip());
                    default -> new Unclear(line, "expected requested, phase-start, phase-end, mark, figure or note");
                });
    }

    private static MarkedLine phaseEnd(String line, String[] words) {
        if (words.length < 2 || words.length > 3) {
            return new Unclear(line, "phase-end takes a name and, if known, a number of bytes");
        }
        if (words.length == 2) {
            return new PhaseEnd(words[1], OptionalLong.empty());
        }
        try {
            return new PhaseEnd(words[1], OptionalLong.of(Long.parseLong(words[2])));
        } catch (NumberFormatException notANumber) {
            return new Unclear(line, "not a number of bytes: " + words[2]);
        }
    }

    private static MarkedLine moment(String line, String[] words) {
        if (words.length == 2) {
            for (Mark.Kind kind : Mark.Kind.values()) {
                if (kind.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(words[1])) {
                    return new Moment(kind);
                }
            }
        }
        return new Unclear(line, "mark takes source-stopped, destination-opened, confirmed or iteration");
    }

    private static MarkedLine figure(String line, String[] words) {
        if (words.length < 3 || words.length > 4) {
            return new Unclear(line, "figure takes a metric, a number and a unit");
        }
        Optional<Metric> metric = Metrics.find(words[1]);
        if (metric.isEmpty()) {
            return new Unclear(line, "no such metric: " + words[1]);
        }
        Matcher number = Syntax.NUMBER.matcher(words[2]);
        if (!number.matches()) {
            return new Unclear(line, "not a number: " + words[2]);
        }
        String unit = words.length == 4 ? words[3] : "";
        Double factor =
                Syntax.FACTORS.getOrDefault(metric.get().unit(), Map.of()).get(unit);
        if (factor == null) {
            return new Unclear(line, "not a unit of " + words[1] + ": '" + unit + "'");
        }
        return new Value(metric.get(), Double.parseDouble(words[2]) * factor);
    }

    /** The words of the format. */
    final class Syntax {
        private static final Pattern MARKED = Pattern.compile("\\s*lmb:(?<rest>.*)", Pattern.DOTALL);
        private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");
        private static final Map<String, Double> SIZES = Map.of(
                "B", 1.0,
                "kB", 1e3,
                "MB", 1e6,
                "GB", 1e9,
                "KiB", 1024.0,
                "MiB", 1024.0 * 1024,
                "GiB", 1024.0 * 1024 * 1024);
        private static final Map<Unit, Map<String, Double>> FACTORS = Map.of(
                Unit.MILLISECONDS, Map.of("us", 1e-3, "ms", 1.0, "s", 1e3, "min", 6e4),
                Unit.BYTES, SIZES,
                Unit.BYTES_PER_SECOND, Map.of("B/s", 1.0, "kB/s", 1e3, "MB/s", 1e6, "MiB/s", 1024.0 * 1024),
                Unit.BITS_PER_SECOND, Map.of("bit/s", 1.0, "kbit/s", 1e3, "Mbit/s", 1e6, "Gbit/s", 1e9),
                Unit.PERCENT, Map.of("%", 1.0),
                Unit.COUNT, Map.of("", 1.0));

        private Syntax() {}
    }
}
