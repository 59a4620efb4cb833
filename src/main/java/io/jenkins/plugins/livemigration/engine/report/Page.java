package io.jenkins.plugins.livemigration.engine.report;

import java.util.List;

/** What stands around every page: the head with its style sheet, {@code report.css}, and no script. */
final class Page {
    private Page() {}

    /** A page and its style sheet; the page is the first. */
    static List<Report.File> files(String name, Texts texts, String title, Markup content) {
        return List.of(
                new Report.File(
                        name,
                        "<!DOCTYPE html>\n" + around(texts, title, content).finished()),
                new Report.File("report.css", HtmlReport.stylesheet()));
    }

    private static Markup around(Texts texts, String title, Markup content) {
        Markup html = new Markup();
        html.open("html", "lang", texts.language()).line();
        html.open("head").line();
        html.open("meta", "charset", "utf-8");
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.open("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", title);
        html.open("link", "rel", "stylesheet", "href", "report.css");
        html.close().line();
        html.open("body").line();
        html.append(content);
        html.close().line().close().line();
        return html;
    }
}
