package io.jenkins.plugins.livemigration.engine.verdict.regression;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table of docs/metrics.md that says how each metric is judged, against the metrics. */
class MetricTableTest {
    private static final String HEAD = "| metric | unit | better | compared by | matters from |";

    @Test
    void saysOfEveryMetricHowItIsJudged() throws IOException {
        List<List<String>> rows = Files.readAllLines(Path.of("docs/metrics.md")).stream()
                .dropWhile(line -> !line.equals(HEAD))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();

        assertThat(Metrics.all()).allSatisfy(metric -> {
            List<List<String>> about = rows.stream()
                    .filter(row -> isAbout(row.get(0), metric.id()))
                    .toList();
            assertThat(about).as("rows about %s", metric.id()).hasSize(1);
            assertThat(about.get(0).subList(1, 5)).as(metric.id()).isEqualTo(expected(metric));
        });
        assertThat(rows)
                .allSatisfy(row -> assertThat(Metrics.all()).anyMatch(metric -> isAbout(row.get(0), metric.id())));
    }

    private static List<String> expected(Metric metric) {
        return List.of(
                metric.unit().symbol(),
                metric.better().name().toLowerCase(Locale.ROOT),
                metric.scale() == Metric.Scale.LOGARITHMIC ? "ratio" : "difference",
                metric.better() == Metric.Better.NEITHER
                        ? "never judged"
                        : Sentences.relevant(RelevantChanges.of(metric), metric.unit()));
    }

    private static boolean isAbout(String cell, String id) {
        return Arrays.stream(cell.replace("`", "").split(", ", -1))
                .anyMatch(name ->
                        name.endsWith("*") ? id.startsWith(name.substring(0, name.length() - 1)) : name.equals(id));
    }
}
