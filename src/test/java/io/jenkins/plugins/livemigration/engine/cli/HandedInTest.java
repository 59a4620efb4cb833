package io.jenkins.plugins.livemigration.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandedInTest {
    private static final String PLAN = """
            {"name": "web", "hosts": {"a": {"address": "192.0.2.1"}, "b": {"address": "192.0.2.2"}},
             "driver": {"podman": {"from": "a", "to": "b", "containers": ["web"]}},
             "probes": [{"udp": {"host": "192.0.2.9", "port": 7007}}]}""";

    private final StringWriter err = new StringWriter();

    @Test
    void bringsTheBaselineBesideThePlan() throws IOException {
        Optional<HandedIn> handed =
                read("{\"plan\": " + PLAN + ", \"baseline\": " + BaselineFile.text(Baseline.EMPTY) + "}");

        assertThat(handed).as(err.toString()).isPresent();
        assertThat(handed.get().baseline()).contains(Baseline.EMPTY);
    }

    @Test
    void needsNoBaseline() throws IOException {
        assertThat(read("{\"plan\": " + PLAN + "}").orElseThrow().baseline()).isEmpty();
        assertThat(read("{\"plan\": " + PLAN + ", \"baseline\": null}")
                        .orElseThrow()
                        .baseline())
                .isEmpty();
    }

    @Test
    void refusesABaselineThatItCannotRead() throws IOException {
        assertThat(read("{\"plan\": " + PLAN + ", \"baseline\": {\"formatVersion\": 99}}"))
                .isEmpty();
        assertThat(err.toString()).contains("99");
    }

    @Test
    void tellsWhatStartedItInOneShortLine() throws IOException {
        assertThat(read("{\"plan\": " + PLAN + ", \"starter\": \"web\\n#12\"}")
                        .orElseThrow()
                        .starter())
                .contains("web #12");
        String deep = "folder/".repeat(50) + "web #12";
        assertThat(read("{\"plan\": " + PLAN + ", \"starter\": \"" + deep + "\"}")
                        .orElseThrow()
                        .starter()
                        .orElseThrow())
                .hasSize(100)
                .endsWith("folder/web #12");
        assertThat(read("{\"plan\": " + PLAN + ", \"starter\": \" \"}")
                        .orElseThrow()
                        .starter())
                .isEmpty();
        assertThat(read("{\"plan\": " + PLAN + "}").orElseThrow().starter()).isEmpty();
    }

    private Optional<HandedIn> read(String document) throws IOException {
        return HandedIn.read(
                new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(err, true),
                Locale.ENGLISH);
    }
}
