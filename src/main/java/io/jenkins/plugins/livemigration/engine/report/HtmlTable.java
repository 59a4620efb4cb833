package io.jenkins.plugins.livemigration.engine.report;

import java.util.List;

/** A table in a page; wide ones scroll by themselves on small screens. */
final class HtmlTable {
    private final Markup html;

    /** Starts a table; columns whose title begins with {@code #} hold numbers. */
    HtmlTable(Markup html, String cssClass, List<String> titles) {
        this.html = html;
        html.open("div", "class", "scroll", "tabindex", "0")
                .open("table", "class", cssClass)
                .open("thead")
                .open("tr");
        for (String title : titles) {
            boolean number = title.startsWith("#");
            if (number) {
                html.element("th", title.substring(1), "scope", "col", "class", "num");
            } else {
                html.element("th", title, "scope", "col");
            }
        }
        html.close().close().open("tbody").line();
    }

    /** A title of a column of numbers. */
    static String number(String title) {
        return "#" + title;
    }

    HtmlTable row(String cssClass) {
        if (cssClass.isEmpty()) {
            html.open("tr");
        } else {
            html.open("tr", "class", cssClass);
        }
        return this;
    }

    HtmlTable head(String text) {
        html.element("th", text, "scope", "row");
        return this;
    }

    HtmlTable cell(String text) {
        html.element("td", text);
        return this;
    }

    HtmlTable number(String text, String small) {
        html.open("td", "class", "num").text(text);
        if (!small.isEmpty()) {
            html.text(" ").element("small", small);
        }
        html.close();
        return this;
    }

    /** A category with its shade; a dash if the name is empty. */
    HtmlTable category(String name, int shade, boolean straddles, String hint) {
        html.open("td");
        if (name.isEmpty()) {
            html.text("–");
        } else {
            html.open("span", "class", "chip c" + shade, "title", hint)
                    .text(name + (straddles ? " ~" : ""))
                    .close();
        }
        html.close();
        return this;
    }

    void endRow() {
        html.close().line();
    }

    void end() {
        html.close().close().close().line();
    }
}
