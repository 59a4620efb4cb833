package io.jenkins.plugins.livemigration.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanCheckTest {
    private static final String PLAN = """
            name: of ${BRANCH}
            hosts: {host-a: {}, host-b: {}}
            driver: {podman: {from: host-a, to: host-b, containers: ["${CONTAINER}"]}}
            """;

    @Test
    void doesNotJudgeWhatVariablesWillSay() {
        assertThat(PlanCheck.mistakes(PLAN)).isEmpty();
        assertThat(PlanCheck.mistakes(PLAN + "pause: ${PAUSE}\n")).isEmpty();
    }

    @Test
    void tellsWhatTheEngineWouldWithItsLine() {
        assertThat(PlanCheck.mistakes(PLAN + "sample: 3\n"))
                .singleElement()
                .asString()
                .isEqualTo("sample (line 4): is not a key that is known here; did you mean samples?");
    }

    @Test
    void survivesAnything() {
        for (String text : List.of("", "{", "- - -", "\u0000", "a: &a [*a]", "x: !!java.net.URL [http://evil]")) {
            assertThat(PlanCheck.mistakes(text)).as(text).isNotEmpty();
        }
    }
}
