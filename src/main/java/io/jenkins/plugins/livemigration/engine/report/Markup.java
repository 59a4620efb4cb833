package io.jenkins.plugins.livemigration.engine.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes well-formed markup that is HTML, SVG and XML alike: the one place where text is escaped. Elements are closed in
 * order, values are always quoted.
 */
final class Markup {
    /** Elements that HTML never closes. */
    private static final Set<String> VOID = Set.of("meta", "link", "br", "img", "col");

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element; attributes are names and values in turn. */
    Markup open(String element, Object... attributes) {
        start(element, attributes);
        out.append('>');
        if (!VOID.contains(element)) {
            open.push(element);
        }
        return this;
    }

    /** Closes the innermost open element. */
    Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element without content. */
    Markup empty(String element, Object... attributes) {
        start(element, attributes);
        out.append("/>");
        return this;
    }

    /** An element that holds text alone. */
    Markup element(String element, String text, Object... attributes) {
        return open(element, attributes).text(text).close();
    }

    Markup text(String text) {
        escape(text);
        return this;
    }

    /** A line feed between elements, for readers of the source. */
    Markup line() {
        out.append('\n');
        return this;
    }

    /** Markup that another writer finished. */
    Markup append(Markup other) {
        out.append(other.finished());
        return this;
    }

    /** All that was written; every element must be closed. */
    String finished() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return out.toString();
    }

    /** A coordinate with two decimals at most, the same in every language. */
    static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private void start(String element, Object[] attributes) {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("an attribute without a value: " + element);
        }
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            Object value = attributes[i + 1];
            escape(value instanceof Double number ? number(number) : String.valueOf(value));
            out.append('"');
        }
    }

    private void escape(String text) {
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(allowed(point) ? point : 0xFFFD);
            }
        });
    }

    /** Characters that XML 1.0 can hold (production 2), without the ones that change the direction of text. */
    private static boolean allowed(int point) {
        boolean xml = point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
        boolean bidi = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
        return xml && !bidi;
    }
}
