package io.jenkins.plugins.livemigration.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    private static final List<String> WORDS =
            List.of("stop-and-copy", "pre-copy", "downtime.observed", "downtime.reported");

    @Test
    void findTheWordThatWasMisspelt() {
        assertThat(Suggestions.nearest("stop-and-cpoy", WORDS)).containsExactly("stop-and-copy");
        assertThat(Suggestions.nearest("PreCopy", WORDS)).containsExactly("pre-copy");
        assertThat(Suggestions.nearest("stop_and_copy", WORDS)).containsExactly("stop-and-copy");
    }

    @Test
    void completeABeginning() {
        assertThat(Suggestions.nearest("downtime", WORDS)).containsExactly("downtime.observed", "downtime.reported");
    }

    @Test
    void keepSilentWhenNothingIsNear() {
        assertThat(Suggestions.nearest("happiness", WORDS)).isEmpty();
        assertThat(Suggestions.nearest("x".repeat(1_000_000), WORDS)).isEmpty();
        assertThat(Suggestions.nearest("word", List.of())).isEmpty();
    }
}
