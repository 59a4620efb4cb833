package io.jenkins.plugins.livemigration.engine.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.livemigration.engine.importing.ImportFormat.MalformedImportException;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.BundleCheck;
import io.jenkins.plugins.livemigration.engine.verdict.DirectionContrast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PodmanCriuCsvTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/jenkins/plugins/livemigration/engine/importing");
    private static final Path RUNS = FOLDER.resolve("podman-criu-150-runs.csv");
    private static final long PLENTY = 1_000_000;

    @Test
    void reproducesEveryPublishedMean() throws IOException {
        RunResult run = read();
        List<String> published = Files.readAllLines(FOLDER.resolve("podman-criu-published-means.csv"));

        assertThat(published).hasSize(16);
        for (String line : published.subList(1, published.size())) {
            String[] cells = line.split(",", -1);
            String scenario = cells[0] + "/" + cells[1];
            assertThat(mean(run, scenario, Metrics.DOWNTIME_PUBLISHED) / 1000)
                    .as("downtime of %s", scenario)
                    .isCloseTo(Double.parseDouble(cells[2]), within(1e-9));
            assertThat(mean(run, scenario, Metrics.MIGRATION_TIME_PUBLISHED) / 1000)
                    .as("migration time of %s", scenario)
                    .isCloseTo(Double.parseDouble(cells[3]), within(1e-9));
        }
    }

    @Test
    void keepsOrderAndDirections() throws IOException {
        RunResult run = read();

        assertThat(run.samples())
                .hasSize(150)
                .isSortedAccordingTo((a, b) -> a.requestedAt().compareTo(b.requestedAt()));
        assertThat(run.scenarios()).hasSize(15).startsWith("local-nfs/100").endsWith("cloud/10000");
        assertThat(run.samples().get(0).direction()).isEqualTo(Direction.OUT);
        assertThat(run.samples().get(1).direction()).isEqualTo(Direction.BACK);
        assertThat(run.samples().get(1).from()).isEqualTo("server2");
        assertThat(run.samples())
                .allSatisfy(sample -> assertThat(sample.number()).isBetween(1, 5));
    }

    @Test
    void showsWhatTheMeansOfTheCloudHide() throws IOException {
        List<DirectionContrast> contrasts = DirectionContrast.of(read(), Metrics.DOWNTIME_PUBLISHED);

        DirectionContrast cloud = find(contrasts, "cloud/*");
        assertThat(cloud.outMean()).isCloseTo(32_673.2, within(0.1));
        assertThat(cloud.backMean()).isCloseTo(36_562.8, within(0.1));
        assertThat(cloud.distinct()).isTrue();
        assertThat(find(contrasts, "cloud/10000").distinct()).isTrue();
        assertThat(find(contrasts, "local/*").distinct()).isFalse();
        assertThat(find(contrasts, "local-nfs/*").distinct()).isFalse();
    }

    @Test
    void namesTheLineOfAFault() throws IOException {
        String text = Files.readString(RUNS);

        assertMalformed("a,b\n1,2\n", "line 1: not the columns");
        assertMalformed("", "line 1: not the columns");
        assertMalformed(text.lines().findFirst().orElseThrow() + "\n", "line 2: no migrations");
        assertMalformed(text.replaceFirst(",server2,", ","), "line 2: 12 cells where 13 belong");
        assertMalformed(
                text.replaceFirst("19\\.3499999046325", "NaN"), "line 2: downtime_s is not a positive number: NaN");
        assertMalformed(text.replaceFirst("server1", ""), "line 2: source is empty");
    }

    @Test
    void readsNoFileBeyondTheLimit() {
        assertThatThrownBy(() -> new PodmanCriuCsv().read(RUNS, 1000))
                .isInstanceOf(MalformedImportException.class)
                .hasMessageContaining("longer than 1000 bytes");
    }

    @Property(tries = 300)
    void aDamagedFileIsReadOrRefusedButNeverBreaksAnything(
            @ForAll @IntRange(min = 0, max = 3000) int place, @ForAll char character) throws IOException {
        StringBuilder damaged = new StringBuilder(Files.readString(RUNS));
        damaged.setCharAt(place, character);

        try {
            assertThat(new PodmanCriuCsv().parse("damaged", damaged.toString()).samples())
                    .hasSizeBetween(1, 151);
        } catch (MalformedImportException refused) {
            assertThat(refused).hasMessageStartingWith("line ");
        }
    }

    @Test
    void isFoundByItsName() {
        assertThat(ImportFormat.find("podman-criu-csv")).isPresent();
        assertThat(ImportFormat.find("nothing")).isEmpty();
    }

    @Test
    void saysTheSameInBothLanguages() throws IOException {
        BundleCheck bundles = new BundleCheck("importing");
        bundles.languagesAgree();
        bundles.keysAndSourcesAgree(Pattern.compile("\"importing\\.(\\w+)\""));
    }

    private static RunResult read() throws IOException {
        return new PodmanCriuCsv().read(RUNS, PLENTY);
    }

    private static double mean(RunResult run, String scenario, Metric metric) {
        return run.samples().stream()
                .filter(sample -> sample.scenario().equals(scenario))
                .mapToDouble(sample -> value(sample, metric))
                .average()
                .orElseThrow();
    }

    private static double value(Sample sample, Metric metric) {
        return sample.figure(metric).orElseThrow().amount().orElseThrow();
    }

    private static DirectionContrast find(List<DirectionContrast> contrasts, String scenario) {
        return contrasts.stream()
                .filter(contrast -> contrast.scenario().equals(scenario))
                .findFirst()
                .orElseThrow();
    }

    private static void assertMalformed(String text, String message) {
        assertThatThrownBy(() -> new PodmanCriuCsv().parse("x", text))
                .isInstanceOf(MalformedImportException.class)
                .hasMessageStartingWith(message);
    }
}
