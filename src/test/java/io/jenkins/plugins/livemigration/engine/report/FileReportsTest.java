package io.jenkins.plugins.livemigration.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class FileReportsTest {
    private static final JudgedResult RUN =
            SampleResults.judged(SampleResults.podman(4), SampleResults.medianDowntime(600, 2000));
    private static final String HOSTILE = "=cmd|' /C calc'!A0,\"<script>\"\r\nx\u0000\u202E";

    @Test
    void samplesAreRowsOfATable() {
        Golden.check("samples.csv", text(new CsvReport(), RUN));
    }

    @Test
    void casesOfATestReportCarryTheReason() {
        Golden.check("junit.xml", text(new JunitReport(), RUN));
    }

    @Test
    void summariesAreScraped() {
        Golden.check("metrics.prom", text(new PrometheusReport(), RUN));
    }

    @Test
    void noNameLeavesItsCell() {
        List<List<String>> rows = parse(text(new CsvReport(), hostile()));

        assertThat(rows).hasSizeGreaterThan(1).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.get(0)));
        assertThat(rows.get(1).get(1)).isEqualTo("'" + HOSTILE);
    }

    @Test
    void noNameLeavesItsAttribute() throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text(new JunitReport(), hostile()))));

        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        Element suite = (Element) document.getElementsByTagName("testsuite").item(1);
        assertThat(suite.getAttribute("name"))
                .startsWith("=cmd|' /C calc'!A0,\"<script>\"")
                .endsWith("x\uFFFD\uFFFD");
    }

    @Test
    void noNameLeavesItsLabel() {
        assertThat(text(new PrometheusReport(), hostile()).lines())
                .allSatisfy(line -> assertThat(line).matches("# .*|[a-z0-9_]+\\{.*\\} [0-9.E+-]+"));
    }

    @Test
    void anInfrastructureFailureIsAnError() {
        JudgedResult broken = SampleResults.judged(SampleResults.run(
                "broken",
                List.of(),
                new RunEnd(RunEnd.Kind.INFRASTRUCTURE, Message.literal("Host b is unreachable."))));

        assertThat(text(new JunitReport(), broken))
                .contains("errors=\"1\"")
                .contains(
                        "<error type=\"INFRASTRUCTURE\" message=\"No sample could be had: the infrastructure failed.\">");
    }

    private static JudgedResult hostile() {
        RunResult plain = SampleResults.podman(1);
        List<Sample> samples = plain.samples().stream()
                .map(sample -> new Sample(
                        sample.order(),
                        HOSTILE,
                        sample.direction(),
                        sample.number(),
                        sample.warmup(),
                        HOSTILE,
                        sample.to(),
                        sample.requestedAt(),
                        sample.overheadMillis(),
                        sample.outcome(),
                        sample.figures(),
                        sample.phases(),
                        sample.marks(),
                        sample.probes(),
                        sample.state(),
                        sample.evidence()))
                .toList();
        return SampleResults.judged(SampleResults.run(HOSTILE, samples, plain.end()));
    }

    private static String text(Report report, JudgedResult judged) {
        return report.render(judged).get(0).text();
    }

    /** A reader of RFC 4180 that is as simple as the format. */
    private static List<List<String>> parse(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == ',') {
                row.add(cell.toString());
                cell.setLength(0);
            } else if (!quoted && c == '\r' && csv.charAt(i + 1) == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                rows.add(row);
                row = new ArrayList<>();
                i++;
            } else {
                cell.append(c);
            }
        }
        return rows;
    }
}
