package io.jenkins.plugins.livemigration.jenkins.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryStoreTest {
    private static final String RESULT = """
            {"formatVersion": 1,
             "result": {"name": "web", "runId": "r", "engineVersion": "1", "plan": {},
               "startedAt": "2026-01-01T00:00:00Z", "endedAt": "2026-01-01T00:01:00Z",
               "end": {"kind": "COMPLETED", "reason": {"key": "text.literal", "arguments": ["done"]}},
               "environment": {"host-a": {"kernel": "%s"}}, "clocks": [], "findings": [], "notes": [], "samples": []},
             "verdict": {"status": "PASS", "sentence": {"key": "text.literal", "arguments": ["fine"]}, "judgements": [],
               "summaries": [{"scenario": "default", "metric": "downtime.observed", "n": 5, "atLeast": 0, "absent": [],
                 "spread": {"median": %s, "medianIsAtLeast": false, "lowerQuartile": 1, "upperQuartile": 3, "best": 1,
                            "worst": 9, "worstIsAtLeast": false},
                 "category": "good", "categoryStraddles": false}],
               "categories": {}}}
            """;

    @TempDir
    Path job;

    private HistoryStore store;

    @BeforeEach
    void aJobWithThreeBuilds() throws IOException {
        store = open();
        build(1, "6.1", 100);
        build(2, "6.1", 110);
        build(3, "6.12", 400);
    }

    @Test
    void namesWhatChangedInTheEnvironment() throws Exception {
        assertThat(store.runs()).extracting(HistoryEntry::build).containsExactly(1, 2, 3);
        assertThat(store.runs().get(1).changes()).isEmpty();
        assertThat(store.runs().get(2).changes()).containsExactly("host-a kernel: 6.1 → 6.12");
    }

    @Test
    void forgetsBuildsThatAreGone() throws Exception {
        delete(job.resolve("builds").resolve("2"));
        assertThat(store.runs()).extracting(HistoryEntry::build).containsExactly(1, 3);
        assertThat(store.points("downtime.observed"))
                .extracting(HistoryPoint::median)
                .containsExactly(100.0, 400.0);
    }

    @Test
    void isMadeAnewFromTheBuildsWhenItIsMissing() throws Exception {
        delete(job.resolve("history"));
        HistoryStore anew = open();
        assertThat(anew.runs()).extracting(HistoryEntry::build).containsExactly(1, 2, 3);
        assertThat(anew.points("downtime.observed"))
                .extracting(HistoryPoint::median)
                .containsExactly(100.0, 110.0, 400.0);
    }

    @Test
    void aRepeatedBenchmarkCountsOnce() throws Exception {
        store.append(3, "1", judged("6.12", 300));
        assertThat(store.points("downtime.observed"))
                .extracting(HistoryPoint::median)
                .containsExactly(100.0, 110.0, 300.0);
    }

    @Test
    void readsTheNewestBuildsAlone() throws Exception {
        assertThat(store.runs(2)).extracting(HistoryEntry::build).containsExactly(2, 3);
        delete(job.resolve("builds").resolve("3"));
        assertThat(store.runs(2)).extracting(HistoryEntry::build).containsExactly(1, 2);
        assertThat(store.points("downtime.observed", Set.of(2)))
                .extracting(HistoryPoint::median)
                .containsExactly(110.0);
    }

    @Test
    void keepsWhatARunWasBesideWhatItIsNow() throws Exception {
        store.judgedAnew(3, "web", "FAIL");
        assertThat(store.runs()).extracting(HistoryEntry::status).containsExactly("PASS", "PASS", "FAIL");
        assertThat(store.runs(1).get(0).was()).isEqualTo("PASS");
    }

    @Test
    void aRunWithoutResultIsAGap() throws Exception {
        Files.createDirectories(job.resolve("builds").resolve("4"));
        store.appendWithoutResult(4, "web", Instant.EPOCH);
        assertThat(store.runs(1)).extracting(HistoryEntry::status).containsExactly("NO_RESULT");
        assertThat(store.points("downtime.observed", Set.of(4))).isEmpty();
    }

    @Test
    void isMadeAnewWhenTheListIsDamaged() throws Exception {
        Files.writeString(job.resolve("history").resolve("runs.jsonl"), "\0\0\0\n");
        assertThat(open().runs()).extracting(HistoryEntry::build).containsExactly(1, 2, 3);
    }

    @Test
    void noTextBecomesAPath() throws Exception {
        assertThat(store.points("../../secret")).isEmpty();
        assertThat(store.metrics()).containsExactly("downtime.observed");
    }

    @Test
    void aResultCannotForgeAnotherBuildsFigures() throws Exception {
        Files.createDirectories(job.resolve("builds").resolve("4"));
        String hostile = RESULT.formatted("6.1", 120)
                .replace("\"default\"", "\"default\\n1\\tweb\\tdefault\\t5\\t9999\\t9999\\t\\t\\tgood\\n4\\tweb\\tx\"");
        store.append(4, "1", ResultFile.parse(hostile, "test"));
        assertThat(store.points("downtime.observed"))
                .extracting(HistoryPoint::median)
                .containsExactly(100.0, 110.0, 400.0, 120.0);
    }

    @Test
    void thePageGetsTheNewestBuildsOfOneMetric() throws Exception {
        JsonNode data = new TrendData(store, Locale.ENGLISH).newest(Optional.empty(), 2);
        assertThat(data.path("metric").asText()).isEqualTo("downtime.observed");
        assertThat(data.path("runs")).hasSize(2);
        assertThat(data.at("/series/0/points/0/0").intValue()).isEqualTo(2);
        assertThat(data.at("/series/0/points/1/1").doubleValue()).isEqualTo(400);
    }

    @Test
    void ofTooManyBuildsTheWorstOfEachStretchIsDrawn() {
        List<HistoryPoint> many = IntStream.rangeClosed(1, 3 * TrendData.MOST_POINTS)
                .mapToObj(build -> HistoryPoint.parse(
                                "%d\tweb\tdefault\t5\t%d\t9\t1\t3\tgood".formatted(build, build % 3))
                        .orElseThrow())
                .toList();
        assertThat(TrendData.thinned(many, Metric.Better.LOWER))
                .hasSize(TrendData.MOST_POINTS)
                .allMatch(point -> point.median() == 2);
        assertThat(TrendData.thinned(many, Metric.Better.HIGHER))
                .hasSize(TrendData.MOST_POINTS)
                .allMatch(point -> point.median() == 0);
    }

    private HistoryStore open() {
        return new HistoryStore(job.resolve("history"), job.resolve("builds"));
    }

    private void build(int number, String kernel, int median) throws IOException {
        Path folder = Files.createDirectories(job.resolve("builds")
                .resolve(Integer.toString(number))
                .resolve("live-migration-benchmark")
                .resolve("1"));
        Files.writeString(folder.resolve(ResultFile.NAME), RESULT.formatted(kernel, median));
        store.append(number, "1", judged(kernel, median));
    }

    private static JudgedResult judged(String kernel, int median) throws IOException {
        return ResultFile.parse(RESULT.formatted(kernel, median), "test");
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
