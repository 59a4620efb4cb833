package io.jenkins.plugins.livemigration.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.importing.ImportFormat;
import io.jenkins.plugins.livemigration.engine.result.Evidence;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.Phase;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final JudgedResult RUN =
            SampleResults.judged(SampleResults.podman(), SampleResults.medianDowntime(600, 2000));
    private static final String HOSTILE = "\"><script>alert('x')</script><img src=x onerror=y>&amp;\u0000\u202E";

    @Test
    void needsNoScriptAndNoInlineStyle() throws Exception {
        Document page = parse(page(RUN, Locale.ENGLISH));

        assertStrict(page);
        assertThat(page.getElementsByTagName("link").getLength()).isEqualTo(1);
        assertThat(((Element) page.getElementsByTagName("link").item(0)).getAttribute("href"))
                .isEqualTo("report.css");
    }

    @Test
    void saysTheVerdictBeforeEverythingElse() throws Exception {
        String page = page(RUN, Locale.ENGLISH);

        assertThat(page.indexOf("stop-and-copy: 1 of 20 migrations failed."))
                .isPositive()
                .isLessThan(page.indexOf("<table"));
    }

    @Test
    void drawsATypicalAndTheWorstMigrationOfEachScenario() throws Exception {
        String page = page(RUN, Locale.ENGLISH);

        assertThat(page).containsOnlyOnce("Worst: sample #30, a → b").contains("≥ 376 ms");
        assertThat(page.split("Typical: sample", -1)).hasSize(3);
        assertThat(page.split("Timeline of sample", -1)).hasSize(9);
    }

    @Test
    void everyPictureHasANameAndEveryTableItsHeads() throws Exception {
        Document page = parse(page(RUN, Locale.ENGLISH));

        NodeList pictures = page.getElementsByTagName("svg");
        for (int i = 0; i < pictures.getLength(); i++) {
            Element picture = (Element) pictures.item(i);
            assertThat(picture.hasAttribute("aria-label") || picture.hasAttribute("aria-hidden"))
                    .isTrue();
        }
        NodeList tables = page.getElementsByTagName("table");
        assertThat(tables.getLength()).isPositive();
        for (int i = 0; i < tables.getLength(); i++) {
            Element table = (Element) tables.item(i);
            int columns = table.getElementsByTagName("thead")
                    .item(0)
                    .getFirstChild()
                    .getChildNodes()
                    .getLength();
            NodeList rows = ((Element) table.getElementsByTagName("tbody").item(0)).getElementsByTagName("tr");
            for (int j = 0; j < rows.getLength(); j++) {
                assertThat(rows.item(j).getChildNodes().getLength()).isEqualTo(columns);
            }
        }
    }

    @Test
    void showsTheNetworksQualityBeforeDuringAndAfter() {
        String page = page(RUN, Locale.ENGLISH);
        int begin = page.indexOf("Network before, during and after</h2>");
        assertThat(begin).isPositive();
        String section = page.substring(begin, page.indexOf("</section>", begin));
        assertThat(section)
                .contains("Packet loss", "Every sample: before · during · after")
                .containsPattern("<td>– · [4-5](\\.[0-9]+)?\u00A0% · –</td>")
                .doesNotContain("Throughput");
        assertThat(page(RUN, Locale.forLanguageTag("id"))).contains("Jaringan sebelum, selama, dan sesudah</h2>");
    }

    @Test
    void coordinatesAreNumbers() {
        assertThat(page(RUN, Locale.ENGLISH)).doesNotContain("NaN", "Infinity", "=\"-0\"");
    }

    @Test
    void marksWhatDiffersBetweenTheHosts() {
        assertThat(page(RUN, Locale.ENGLISH))
                .contains("<tr class=\"differs\"><th scope=\"row\">kernel</th><td>6.1.0-40-amd64</td>"
                        + "<td>6.12.48-amd64</td><td>≠ differs</td></tr>")
                .contains("<tr><th scope=\"row\">podman</th><td>4.3.1</td><td>4.3.1</td><td></td></tr>");
    }

    @Test
    void speaksTheReadersLanguage() throws Exception {
        String page = page(RUN, Locale.forLanguageTag("id"));

        assertThat(parse(page).getDocumentElement().getAttribute("lang")).isEqualTo("id");
        assertThat(page).contains("Ringkasan", "1 dari 20 migrasi gagal").doesNotContain("Summary<", "Samples<");
    }

    @Test
    void everyTextIsEscaped() throws Exception {
        Sample template = SampleResults.podman(1).samples().get(4);
        Sample succeeded = named(template, template.outcome());
        Sample failed = named(template, new Outcome.Failed(HOSTILE, Message.literal(HOSTILE)));
        Message hostile = Message.literal(HOSTILE);
        RunResult base = SampleResults.podman(1);
        RunResult result = new RunResult(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                base.plan(),
                base.startedAt(),
                base.endedAt(),
                new RunEnd(RunEnd.Kind.INTERRUPTED, hostile),
                Map.of(HOSTILE, Map.of(HOSTILE, HOSTILE)),
                base.clocks(),
                List.of(new Finding(Finding.Severity.WARNING, HOSTILE, hostile, hostile)),
                List.of(hostile),
                List.of(succeeded, failed));

        Document page = parse(page(SampleResults.judged(result), Locale.ENGLISH));

        assertStrict(page);
        assertThat(page.getElementsByTagName("img").getLength()).isZero();
        assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
                .isEqualTo("\"><script>alert('x')</script><img src=x onerror=y>&amp;\uFFFD\uFFFD");
    }

    @Test
    void praisesNoMigrationThatFailed() throws Exception {
        Sample template = SampleResults.podman(1).samples().get(4);
        RunEnd completed = SampleResults.podman(1).end();
        Sample failed = named(template, new Outcome.Failed("restore", Message.literal("broken")));

        String praised =
                page(SampleResults.judged(SampleResults.run("run", List.of(template), completed)), Locale.ENGLISH);
        String page = page(SampleResults.judged(SampleResults.run("run", List.of(failed), completed)), Locale.ENGLISH);

        assertThat(praised).contains("class=\"chip");
        assertThat(page).contains("restore: broken").doesNotContain("class=\"chip");
    }

    @Test
    void showsARunWithoutSamples() throws Exception {
        JudgedResult nothing = SampleResults.judged(SampleResults.run(
                "nothing",
                List.of(),
                new RunEnd(RunEnd.Kind.INFRASTRUCTURE, Message.literal("Host b is unreachable."))));
        String page = page(nothing, Locale.ENGLISH);

        assertStrict(parse(page));
        assertThat(page).contains("Infrastructure failed", "Host b is unreachable.", "There are no measured samples.");
    }

    @Test
    void theReportOfTheImportShowsThatTheDirectionsDiffer() throws Exception {
        String page = page(imported(), Locale.ENGLISH);

        assertThat(page)
                .contains("<tr class=\"differs\"><th scope=\"row\">cloud/*</th>"
                        + "<td>Downtime, published definition</td>")
                .contains("mean 32.7 s")
                .contains("mean 36.6 s")
                .contains("≠ the directions differ");
        assertStrict(parse(page));
    }

    @Test
    void theStylesheetReachesOutToNothing() {
        String css = new HtmlReport(Locale.ENGLISH).render(RUN).get(1).text();

        assertThat(css).doesNotContain("url(", "@import").contains("prefers-color-scheme: dark", "@media print");
    }

    static JudgedResult imported() throws IOException {
        return SampleResults.judged(ImportFormat.find("podman-criu-csv")
                .orElseThrow()
                .read(
                        Path.of(
                                "src/test/resources/io/jenkins/plugins/livemigration/engine/importing",
                                "podman-criu-150-runs.csv"),
                        1_000_000));
    }

    private static Sample named(Sample sample, Outcome outcome) {
        return new Sample(
                outcome.succeeded() ? 1 : 2,
                HOSTILE,
                sample.direction(),
                sample.number(),
                false,
                HOSTILE,
                HOSTILE,
                sample.requestedAt(),
                sample.overheadMillis(),
                outcome,
                sample.figures(),
                List.of(new Phase(HOSTILE, 0, 5000, OptionalLong.empty())),
                sample.marks(),
                sample.probes(),
                sample.state(),
                List.of(new Evidence(HOSTILE, HOSTILE)));
    }

    /** What {@code default-src 'none'; img-src 'self'; style-src 'self'} lets through. */
    private static void assertStrict(Document page) {
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getElementsByTagName("style").getLength()).isZero();
        NodeList elements = page.getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            for (int j = 0; j < elements.item(i).getAttributes().getLength(); j++) {
                assertThat(elements.item(i).getAttributes().item(j).getNodeName())
                        .isNotEqualTo("style")
                        .doesNotStartWith("on");
            }
        }
    }

    private static String page(JudgedResult judged, Locale language) {
        return new HtmlReport(language).render(judged).get(0).text();
    }

    /** The page is well-formed XML but for the elements that HTML never closes. */
    private static Document parse(String page) throws Exception {
        String xml = page.replaceFirst("<!DOCTYPE html>", "").replaceAll("<((?:meta|link|br)(?: [^>]*)?)>", "<$1/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
