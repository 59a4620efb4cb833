package io.jenkins.plugins.livemigration.jenkins.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChecksSummaryTest {
    @Test
    void isNeverTakenForMarkdown() {
        assertThat(ChecksSummary.fenced("<img src=x>\n```\n# heading"))
                .isEqualTo("```\n<img src=x>\n'''\n# heading\n```\n");
    }

    @Test
    void isNeverLongerThanForgesTake() {
        assertThat(ChecksSummary.fenced("≥".repeat(100_000)).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(65_535);
    }
}
