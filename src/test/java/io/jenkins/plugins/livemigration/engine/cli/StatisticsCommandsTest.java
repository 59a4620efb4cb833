package io.jenkins.plugins.livemigration.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.livemigration.engine.history.SyntheticRuns;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** The commands that conclude from several runs, on runs whose truth is known. */
class StatisticsCommandsTest {
    @TempDir
    Path directory;

    private SyntheticRuns runs;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void prepare() {
        runs = new SyntheticRuns(directory);
    }

    @Test
    void verdictFindsARegressionAgainstTheRunsBesideIt() throws IOException {
        runs.add(800, 805, 795, 802);
        Path slow = runs.add(9, "6.12", Map.of("default", 1200.0));

        int exit = lmb("verdict", slow.toString());

        assertThat(exit).as(out + "\n" + err).isEqualTo(ExitCode.FAIL.number());
        assertThat(out.toString()).contains("Against earlier runs", "×1.51", "kernel 6.1 -> 6.12", "downtime.observed");
        assertThat(slow.resolve("report.html")).doesNotExist();
    }

    @Test
    void verdictComparesWithWhatIsNamedAndWritesWhereItIsTold() throws IOException {
        List<Path> good = runs.add(800, 805, 795);
        Path run = runs.add(9, "6.1", Map.of("default", 803.0));
        Path reports = directory.resolve("reports");

        int exit = lmb(
                "verdict",
                run.toString(),
                "--baseline",
                good.get(0).toString(),
                good.get(1).resolve("result.json").toString(),
                good.get(2).toString(),
                "-o",
                reports.toString(),
                "--json");

        assertThat(exit).as(out + "\n" + err).isIn(0, ExitCode.INCONCLUSIVE.number());
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("baseline")).hasSize(3);
        assertThat(json.path("suspects")).isEmpty();
        assertThat(reports.resolve("report.html")).content().contains("id=\"baseline\"");
    }

    @Test
    void aMetricThatIsMutedIsShownAndDoesNotGate() throws IOException {
        runs.add(800, 805, 795, 802);
        Path slow = runs.add(9, "6.1", Map.of("default", 1200.0));

        int exit = lmb(
                "mute",
                directory.toString(),
                "--metric",
                "downtime.observed",
                "--until",
                "2026-01-31",
                "--who",
                "ana",
                "--why",
                "switch is being replaced");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(directory.resolve("decisions.json")).content().contains("ana", "switch is being replaced");
        assertThat(lmb("verdict", slow.toString())).isNotEqualTo(ExitCode.FAIL.number());
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains(
                        "is worse (change 1.51), but muted until 2026-01-31 by ana because: switch is being replaced.")
                .contains("PASS The only figure that gates did not get worse")
                .contains("Muted, and worse: default downtime.observed ×1.51");
    }

    @Test
    void anAcceptedLevelStartsItsBaselineAnew() throws IOException {
        runs.add(800, 805, 795, 802);
        Path slow = runs.add(9, "6.1", Map.of("default", 1200.0));

        int exit = lmb(
                "accept",
                slow.toString(),
                "--metric",
                "downtime.observed",
                "--who",
                "budi",
                "--why",
                "encryption is on");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(lmb("verdict", slow.toString())).isNotEqualTo(ExitCode.FAIL.number());
        assertThat(out.toString()).contains("accepted by budi: encryption is on");
        assertThat(lmb("accept", slow.toString(), "--metric", "downtime.observed", "--scenario", "x", "--why", "y"))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(lmb("accept", slow.toString(), "--metric", "downtime", "--why", "y"))
                .isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void compareSaysWhichDifferencesAreReal() throws Exception {
        Path old = runs.add(0, "6.1", Map.of("default", 800.0));
        Path young = runs.add(1, "6.12", Map.of("default", 600.0));
        Path page = directory.resolve("page");

        int exit = lmb("compare", "old=" + old, "new=" + young, "-o", page.toString());

        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("real, better", "reference", "×0.75");
        String html = Files.readString(page.resolve("comparison.html"));
        assertThat(html).contains("no difference", "kernel 6.1 -&gt; 6.12").doesNotContain("NaN", "<script", "style=");
        parse(html);
    }

    @Test
    void compareSetsTheScenariosOfOneRunSideBySide() throws IOException {
        Map<String, Double> downtimes = new LinkedHashMap<>();
        downtimes.put("small, classic", 2000.0);
        downtimes.put("small, default", 500.0);
        downtimes.put("other", 9000.0);
        Path run = runs.add(0, "6.1", downtimes);

        int exit = lmb(
                "compare",
                "--scenarios",
                run.toString(),
                "small, classic",
                "small, default",
                "--metric",
                "downtime.observed",
                "--json");

        assertThat(exit).as(err.toString()).isZero();
        JsonNode figure =
                new ObjectMapper().readTree(out.toString()).path("figures").path(0);
        JsonNode difference = figure.path("entries").path(1).path("difference");
        assertThat(difference.path("change").asDouble()).isBetween(0.24, 0.26);
        assertThat(difference.path("atMost").asDouble())
                .isGreaterThanOrEqualTo(difference.path("change").asDouble())
                .isLessThanOrEqualTo(difference.path("upper").asDouble());
        assertThat(difference.path("real").asBoolean()).isTrue();
        assertThat(lmb("compare", "--scenarios", run.toString(), "small, classic", "none"))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("small, default");
    }

    @Test
    void trendMarksWhereTheHostsAndTheLevelChangedAndWhereARunFailed() throws Exception {
        for (int day = 0; day < 8; day++) {
            runs.add(day, "6.1", Map.of("default", 800.0 + day % 3));
        }
        runs.addBroken(8);
        for (int day = 9; day < 16; day++) {
            runs.add(day, "6.12", Map.of("default", 1100.0 + day % 3));
        }

        int exit = lmb("trend", directory.toString());

        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("Before #10: host-a kernel 6.1 -> 6.12", "changed near #10", "Infrastructure failed");
        String html = Files.readString(directory.resolve("trend.html"));
        assertThat(html).contains("change near #10", "kernel 6.1 → 6.12").doesNotContain("NaN", "<script", "style=");
        assertThat(html.split("class=\"trendline\"", -1))
                .as("two stretches, four pictures")
                .hasSize(9);
        parse(html);
    }

    @Test
    void trendSaysThatThereIsNothing() {
        assertThat(lmb("trend", directory.toString())).isEqualTo(ExitCode.BAD_PLAN.number());
        assertThat(err.toString()).contains("holds no run");
    }

    @Test
    void calibratePrintsAPieceOfAPlan() throws IOException {
        List<Path> good = runs.add(800, 760, 840, 790);

        assertThat(lmb("calibrate", directory.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("thresholds:", "\"downtime.observed\"", "noiseFloors:");
        assertThat(lmb("calibrate", good.get(0).toString())).isEqualTo(ExitCode.BAD_PLAN.number());
        assertThat(err.toString()).contains("three runs");
    }

    @Test
    void speaksIndonesian() throws IOException {
        runs.add(800, 805, 795, 802);
        Path slow = runs.add(9, "6.12", Map.of("default", 1200.0));

        lmb("verdict", slow.toString(), "--lang", "id");
        lmb("trend", directory.toString(), "--lang", "id");
        lmb("compare", slow.toString(), slow.toString(), "--lang", "id");

        assertThat(out.toString())
                .contains("Dibanding proses sebelumnya", "memburuk", "tren", "acuan")
                .doesNotContain("Against earlier runs");
    }

    @Test
    void saysWhichResultCannotBeRead() {
        String none = directory.resolve("none").toString();
        for (List<String> call : List.of(
                List.of("verdict", none),
                List.of("compare", none, none),
                List.of("calibrate", none),
                List.of("accept", none, "--metric", "downtime.observed", "--why", "y"))) {
            err.getBuffer().setLength(0);
            assertThat(lmb(call.toArray(String[]::new))).as("%s", call).isEqualTo(ExitCode.BAD_PLAN.number());
            assertThat(err.toString()).as("%s", call).contains("cannot be read", none);
        }
    }

    /** The page is well-formed XML but for the elements that HTML never closes. */
    private static void parse(String page) throws Exception {
        String xml = page.replaceFirst("<!DOCTYPE html>", "").replaceAll("<((?:meta|link|br)(?: [^>]*)?)>", "<$1/>");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private int lmb(String... arguments) {
        return Main.commandLine(Locale.ENGLISH)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
