package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import java.util.List;
import java.util.Locale;

/** An SVG picture: shapes with classes that {@code report.css} colours, for light, dark and paper alike. */
final class Drawing {
    /** Width of a character of the small print, on average. */
    private static final double CHARACTER = 6.1;

    private final Markup svg = new Markup();
    private final double width;

    /**
     * Starts a picture.
     *
     * @param title said by screen readers in place of the picture; the figures stand in a table beside it
     */
    Drawing(double width, double height, String cssClass, String title) {
        this.width = width;
        svg.open(
                "svg",
                "viewBox",
                "0 0 " + Markup.number(width) + " " + Markup.number(height),
                "class",
                cssClass,
                "role",
                "img",
                "aria-label",
                title);
    }

    /** How wide a text of the small print is, about. */
    static double widthOf(String text) {
        return text.length() * CHARACTER;
    }

    /** As much of a text as fits into that width; nothing if that would say too little. */
    static String fitting(String text, double width) {
        if (widthOf(text) <= width) {
            return text;
        }
        int characters = (int) (width / CHARACTER) - 1;
        return characters < 4 ? "" : text.substring(0, characters).strip() + "…";
    }

    Markup finish() {
        return svg.close().line();
    }

    Drawing rect(double x, double y, double w, double h, String cssClass, String hint) {
        svg.open("rect", "x", x, "y", y, "width", Math.max(w, 0.5), "height", h, "class", cssClass);
        hint(hint);
        svg.close();
        return this;
    }

    Drawing line(double x1, double y1, double x2, double y2, String cssClass) {
        svg.empty("line", "x1", x1, "y1", y1, "x2", x2, "y2", y2, "class", cssClass);
        return this;
    }

    Drawing path(String data, String cssClass, String hint) {
        svg.open("path", "d", data, "class", cssClass);
        hint(hint);
        svg.close();
        return this;
    }

    Drawing text(double x, double y, String text, String cssClass) {
        if (!text.isEmpty()) {
            svg.element("text", text, "x", x, "y", y, "class", cssClass);
        }
        return this;
    }

    /** A text beside the bar from {@code x1} to {@code x2}: behind it where there is room, else before, else inside. */
    Drawing beside(double x1, double x2, double y, String text, String cssClass) {
        double room = widthOf(text) + 8;
        if (x2 + room <= width) {
            return text(x2 + 6, y, text, cssClass);
        }
        if (x1 - room >= 0) {
            return text(x1 - 6, y, text, cssClass + " end");
        }
        return text(x2 - 6, y, text, cssClass + " end inside");
    }

    /** A circle for the way out, a diamond for the way back. */
    Drawing dot(double x, double y, double radius, boolean out, String cssClass, String hint) {
        if (out) {
            svg.open("circle", "cx", x, "cy", y, "r", radius, "class", cssClass);
            hint(hint);
            svg.close();
            return this;
        }
        double r = radius * 1.25;
        return path(
                "M" + Markup.number(x) + " " + Markup.number(y - r) + "L" + Markup.number(x + r) + " "
                        + Markup.number(y) + "L" + Markup.number(x) + " " + Markup.number(y + r) + "L"
                        + Markup.number(x - r) + " " + Markup.number(y) + "Z",
                cssClass,
                hint);
    }

    /** An axis along the bottom with its grid. */
    Drawing bottomAxis(Scale scale, double top, double bottom, Unit unit, double room) {
        List<Double> ticks = scale.ticks((int) Math.max(2, (scale.to() - scale.from()) / room));
        for (double tick : ticks) {
            double x = scale.at(tick);
            line(x, top, x, bottom, tick == 0 ? "grid zero" : "grid");
            String anchor = x + 20 > width ? "axis end" : x < 12 ? "axis" : "axis middle";
            text(x, bottom + 14, tickText(scale, ticks, tick, unit), anchor);
        }
        return this;
    }

    /** An axis along the left with its grid. */
    Drawing leftAxis(Scale scale, double left, double right, Unit unit) {
        List<Double> ticks = scale.ticks(6);
        for (double tick : ticks) {
            double y = scale.at(tick);
            line(left, y, right, y, tick == 0 ? "grid zero" : "grid");
            text(left - 6, y + 4, tickText(scale, ticks, tick, unit), "axis end");
        }
        return this;
    }

    /** A tick's value in one unit for the whole axis, with as many decimals as tell the ticks apart. */
    private static String tickText(Scale scale, List<Double> ticks, double tick, Unit unit) {
        if (unit != Unit.MILLISECONDS || ticks.size() < 2) {
            return QuantityText.text(tick, unit);
        }
        boolean seconds = scale.high() >= 2000;
        double divisor = seconds ? 1000 : 1;
        double step = (ticks.get(1) - ticks.get(0)) / divisor;
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        return String.format(Locale.ROOT, "%." + decimals + "f %s", tick / divisor + 0.0, seconds ? "s" : "ms");
    }

    private void hint(String hint) {
        if (!hint.isEmpty()) {
            svg.element("title", hint);
        }
    }
}
