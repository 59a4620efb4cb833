package io.jenkins.plugins.livemigration.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    @TempDir
    private Path folder;

    @Test
    void everyFormHasItsFile() throws IOException {
        Path run = folder.resolve("runs").resolve("1");
        Path page = Reports.write(SampleResults.judged(SampleResults.podman(1)), run, Locale.ENGLISH);

        assertThat(page).isEqualTo(run.resolve("report.html"));
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files.map(file -> run.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "report.html", "report.css", "result.json", "samples.csv", "junit.xml", "metrics.prom");
        }
    }

    @Test
    void reportsMadeAgainFromTheFileAreTheSame() throws IOException {
        Path first = folder.resolve("first");
        Path again = folder.resolve("again");
        Reports.write(
                SampleResults.judged(SampleResults.podman(3), SampleResults.medianDowntime(600, 2000)),
                first,
                Locale.ENGLISH);
        Reports.write(ResultFile.read(first.resolve("result.json"), 10_000_000), again, Locale.ENGLISH);

        for (String name : new String[] {"report.html", "result.json", "samples.csv", "junit.xml", "metrics.prom"}) {
            assertThat(again.resolve(name)).hasSameTextualContentAs(first.resolve(name));
        }
    }
}
