package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A page for people, without scripts and without inline styles, so that it shows under the strictest content security
 * policy: {@code report.html} and the {@code report.css} beside it.
 */
public final class HtmlReport implements Report {
    private final Texts texts;

    /** A report in that language; English where the engine does not know it. */
    public HtmlReport(Locale language) {
        this.texts = new Texts(language);
    }

    @Override
    public List<File> render(JudgedResult judged) {
        return Page.files(
                "report.html", texts, texts.text("page.title", judged.result().name()), content(judged));
    }

    /** The page's content without the page around it: for a page that has a head of its own and links the style sheet. */
    public String fragment(JudgedResult judged) {
        return content(judged).finished();
    }

    /**
     * The timeline of one migration, large, as the part of a page; empty if there is no such migration, or nothing of it to
     * draw.
     *
     * @param order the sample's place in the order of execution
     */
    public String timeline(JudgedResult judged, int order) {
        Markup html = new Markup();
        new TimelineSection(texts, judged).one(html, order);
        return html.finished();
    }

    private Markup content(JudgedResult judged) {
        Markup html = new Markup();
        new HeadSection(texts, judged).write(html);
        html.open("main").line();
        new SummarySection(texts, judged).write(html);
        new BaselineSection(texts, judged).write(html);
        new SecondRoundSection(texts, judged).write(html);
        new CalibrationSection(texts, judged).write(html);
        new TimelineSection(texts, judged).write(html);
        new SamplesSection(texts, judged).write(html);
        new QualitySection(texts, judged).write(html);
        new RemarksSection(texts, judged).write(html);
        new EnvironmentSection(texts, judged).write(html);
        new DefinitionsSection(texts, judged).write(html);
        html.close().line();
        html.element("footer", texts.text("page.footer", judged.result().engineVersion()));
        return html;
    }

    /** The text of {@code report.css}. */
    public static String stylesheet() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is missing from the engine's classes");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read report.css", e);
        }
    }
}
