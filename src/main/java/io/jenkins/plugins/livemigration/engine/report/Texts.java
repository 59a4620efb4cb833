package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The reports' own words in one language, and values as they are shown. */
final class Texts {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    /** The categories of the default tables; names from a plan are shown as the plan has them. */
    private static final Set<String> KNOWN_CATEGORIES =
            Set.of("very good", "good", "acceptable", "fair", "bad", "very bad", "poor", "very poor");
    /** Where the edges of the tables that come with the engine are from, by the keys of their texts. */
    private static final List<String> KNOWN_TABLES = List.of("tiphon", "g114", "x642", "gustafsson", "containers");

    private final Locale locale;

    Texts(Locale locale) {
        this.locale = locale;
    }

    /** The language's tag, for {@code lang}. */
    String language() {
        return locale.toLanguageTag();
    }

    /** The text of that key in this package's bundle. */
    String text(String key, Object... arguments) {
        return Message.of("report." + key, arguments).render(locale);
    }

    /** A message of any package. */
    String of(Message message) {
        return message.render(locale);
    }

    /** A metric's name for people; its id where the catalogue has none. */
    String metric(String id) {
        if (Metrics.find(id).isEmpty()) {
            return id;
        }
        return part(id).map(part -> text("metric." + whole(id)) + " " + text("part." + part))
                .orElseGet(() -> text("metric." + id));
    }

    /** What a metric of the catalogue means. */
    String definition(String id) {
        return text("definition." + whole(id));
    }

    private static Optional<String> part(String id) {
        return Metrics.PARTS.stream().filter(part -> id.endsWith("." + part)).findFirst();
    }

    /** The metric's id without the part of the window that it is about. */
    private static String whole(String id) {
        return part(id).map(part -> id.substring(0, id.length() - part.length() - 1))
                .orElse(id);
    }

    String status(Status status) {
        return text("status." + status.name());
    }

    /** A category's name, translated if it is one of the default tables'. */
    String category(String name) {
        return KNOWN_CATEGORIES.contains(name) ? text("category." + name.replace(' ', '_')) : name;
    }

    /** Where a table's edges are from, translated if the table comes with the engine. */
    String table(String source) {
        return KNOWN_TABLES.stream()
                .filter(table ->
                        new Texts(Locale.ENGLISH).text("table." + table).equals(source))
                .findFirst()
                .map(table -> text("table." + table))
                .orElse(source);
    }

    /** A class of a table as an interval: {@code 11 ms – 61 ms}. */
    String interval(List<CategoryEdges.Edge> classes, int index, Unit unit) {
        double below = classes.get(index).below();
        if (index == 0) {
            return "< " + QuantityText.text(below, unit);
        }
        String from = QuantityText.text(classes.get(index - 1).below(), unit);
        return Double.isFinite(below) ? from + " – " + QuantityText.text(below, unit) : "≥ " + from;
    }

    /** A figure's value, {@code ≥} before a lower bound, a dash where there is none. */
    String figure(Figure figure, Unit unit) {
        if (figure instanceof Figure.Measured measured) {
            return QuantityText.text(measured.value(), unit);
        }
        if (figure instanceof Figure.AtLeast atLeast) {
            return quantity(atLeast.value(), true, unit);
        }
        return "–";
    }

    /** A value with its unit, {@code ≥} before it if it is a lower bound. */
    String quantity(double value, boolean atLeast, Unit unit) {
        return (atLeast ? "≥ " : "") + QuantityText.text(value, unit);
    }

    /** A change as people read it: {@code ×1.25} for a ratio, {@code +3 %} for a difference. */
    String change(boolean ratio, double change, Unit unit) {
        if (ratio) {
            return "×" + ratio(change);
        }
        return (change > 0 ? "+" : "") + QuantityText.text(change, unit);
    }

    /** The interval of a change: {@code [1.1, 1.4]}. */
    String changes(boolean ratio, double lower, double upper, Unit unit) {
        return ratio
                ? "[" + ratio(lower) + ", " + ratio(upper) + "]"
                : "[" + change(false, lower, unit) + ", " + change(false, upper, unit) + "]";
    }

    private static String ratio(double ratio) {
        return ratio < 0.1 || ratio >= 100 ? QuantityText.number(ratio) : String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** A p or q value: {@code 0.003}, {@code < 0.0001}. */
    String probability(double p) {
        if (p < 0.0001) {
            return "< 0.0001";
        }
        return String.format(Locale.ROOT, p < 0.001 ? "%.4f" : "%.3f", p);
    }

    /** Wall time to the second, in UTC. */
    String moment(Instant moment) {
        return MOMENT.format(moment);
    }
}
