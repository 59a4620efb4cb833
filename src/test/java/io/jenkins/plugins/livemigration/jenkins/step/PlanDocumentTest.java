package io.jenkins.plugins.livemigration.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where a step's plan is found, and in which notation. */
class PlanDocumentTest {
    @Test
    void takesTheNotationOfTheFileThatIsMeant() throws Exception {
        assertThat(inWorkspace("${KIND}-plan.json").format()).isEqualTo(PlanFormat.JSON);
        assertThat(inWorkspace("plans/$PLAN").format()).isEqualTo(PlanFormat.JSON);
        assertThat(inWorkspace("${KIND}-plan.yaml").format()).isEqualTo(PlanFormat.YAML);
        assertThat(inWorkspace("${KIND}-plan.json").bytes())
                .hasValueSatisfying(bytes ->
                        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("read web-plan.json"));
    }

    @Test
    void aTextIsYamlAndNoFileIsRead() throws Exception {
        PlanDocument text =
                PlanDocument.of(request("name: web", null), PlanDocumentTest::variable, PlanDocumentTest::absent);
        assertThat(text.format()).isEqualTo(PlanFormat.YAML);
        assertThat(text.bytes()).contains("name: web".getBytes(StandardCharsets.UTF_8));
        assertThat(PlanDocument.of(request(null, null), PlanDocumentTest::variable, PlanDocumentTest::absent)
                        .bytes())
                .isEmpty();
    }

    @Test
    void saysWhatKeepsItFromBeingFound() {
        assertThatThrownBy(() -> PlanDocument.of(
                        request("name: web", "a.yaml"), PlanDocumentTest::variable, PlanDocumentTest::absent))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("not both");
        assertThatThrownBy(() ->
                        PlanDocument.of(request(null, "a.yaml"), PlanDocumentTest::variable, PlanDocumentTest::absent))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("a.yaml: there is no such file");
        assertThatThrownBy(() -> inWorkspace("${KND}.yaml"))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("there is no variable KND");
    }

    private static PlanDocument inWorkspace(String planFile) throws Exception {
        return PlanDocument.of(
                request(null, planFile),
                PlanDocumentTest::variable,
                path -> ("read " + path).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(Map.of("KIND", "web", "PLAN", "web.json").get(name));
    }

    private static byte[] absent(String path) throws IOException {
        throw new IOException(path + ": there is no such file");
    }

    private static BenchmarkRequest request(@Nullable String plan, @Nullable String planFile) {
        return new BenchmarkRequest(
                "{}", plan, planFile, null, null, Gate.BUILD, GateDecision.Colour.SUCCESS, "15 min");
    }
}
