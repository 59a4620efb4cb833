package io.jenkins.plugins.livemigration.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
    private static final JudgedResult RUN =
            SampleResults.judged(SampleResults.podman(3), SampleResults.medianDowntime(600, 2000));
    private static final long PLENTY = 10_000_000;

    @TempDir
    private Path folder;

    @Property(tries = 100)
    void whatWasWrittenIsReadBack(@ForAll(supplier = AnyResult.class) RunResult result) throws IOException {
        JudgedResult judged = SampleResults.judged(result);
        String text = ResultFile.text(judged);

        assertThat(ResultFile.parse(text, "test")).isEqualTo(judged);
        assertThat(SCHEMA.validate(text, InputFormat.JSON)).isEmpty();
    }

    @Test
    void writesWhatTheSchemaSays() {
        assertThat(SCHEMA.validate(ResultFile.text(RUN), InputFormat.JSON)).isEmpty();
    }

    @Test
    void theSchemaRefusesAZeroWithoutItsKind() {
        String text = ResultFile.text(RUN).replaceFirst("\"kind\":\"measured\",", "");

        assertThat(SCHEMA.validate(text, InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void readsAFileOfTheFirstVersion() throws IOException {
        JudgedResult read = ResultFile.read(Golden.file("result-v1.json"), PLENTY);

        assertThat(read.result().samples()).hasSize(4);
        assertThat(read.result().samples().get(1).figures().get("downtime.observed"))
                .isInstanceOf(Figure.Measured.class);
        assertThat(ResultFile.parse(ResultFile.text(read), "again")).isEqualTo(read);
    }

    @Test
    void passesOverWhatItDoesNotKnow() throws IOException {
        String text = ResultFile.text(RUN).replaceFirst("\\{", "{ \"inventedLater\": {\"a\": [1]},");

        assertThat(ResultFile.parse(text, "test")).isEqualTo(RUN);
    }

    @Test
    void aMissingNumberIsNoZero() {
        String text = ResultFile.text(RUN).replaceFirst("\"lower\":[0-9.]+,", "");

        assertThatThrownBy(() -> ResultFile.parse(text, "test"))
                .isInstanceOf(ResultFile.UnreadableResultException.class)
                .hasMessageContaining("null");
    }

    @Test
    void refusesWhatItCannotKnow() {
        assertThatThrownBy(() -> ResultFile.parse("{}", "x.json"))
                .hasMessage("x.json is no result of a benchmark: it has no formatVersion");
        assertThatThrownBy(() -> ResultFile.parse("{\"formatVersion\": 99}", "x.json"))
                .hasMessage("x.json has format version 99; this engine reads up to 1");
        assertThatThrownBy(() -> ResultFile.parse("{\"formatVersion\": 1", "x.json"))
                .isInstanceOf(ResultFile.UnreadableResultException.class);
        assertThatThrownBy(() -> ResultFile.parse("{\"formatVersion\": 1}", "x.json"))
                .isInstanceOf(ResultFile.UnreadableResultException.class);
    }

    @Test
    void writesNoInfinity() {
        Sample first = RUN.result().samples().get(0);
        Sample broken = new Sample(
                1,
                first.scenario(),
                first.direction(),
                1,
                true,
                "a",
                "b",
                first.requestedAt(),
                Double.POSITIVE_INFINITY,
                first.outcome(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                first.state(),
                List.of());
        RunResult result = SampleResults.run("x", List.of(broken), RUN.result().end());

        assertThatThrownBy(() -> ResultFile.text(SampleResults.judged(result)))
                .hasMessageContaining("not a finite number");
    }

    @Test
    void readsNoFileBeyondTheLimit() throws IOException {
        Path file = ResultFile.write(RUN, folder);
        long size = Files.size(file);

        assertThat(ResultFile.read(file, size)).isEqualTo(RUN);
        assertThatThrownBy(() -> ResultFile.read(file, size - 1))
                .isInstanceOf(ResultFile.UnreadableResultException.class)
                .hasMessageContaining("longer than " + (size - 1) + " bytes");
    }

    @Test
    void leavesTheOldFileWhereItCannotReplaceIt() throws IOException {
        Path file = ResultFile.write(RUN, folder);
        // A folder stands where the unfinished file would be written.
        Files.createDirectories(folder.resolve("result.json.tmp").resolve("in the way"));

        assertThatThrownBy(() -> ResultFile.write(SampleResults.judged(SampleResults.podman(1)), folder))
                .isInstanceOf(IOException.class);
        assertThat(ResultFile.read(file, PLENTY)).isEqualTo(RUN);
    }

    @Test
    void leavesNothingBesideTheFile() throws IOException {
        ResultFile.write(RUN, folder);
        ResultFile.write(RUN, folder);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("result.json"));
        }
    }

    private static final Schema SCHEMA = schema();

    private static Schema schema() {
        try (InputStream in = RunResult.class.getResourceAsStream("result.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in, InputFormat.JSON);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
