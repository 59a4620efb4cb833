package io.jenkins.plugins.livemigration.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencePatternTest {
    private static final String SAMPLES = "{0} {0,choice,0#samples|1#sample|1<samples} of {1}";

    @ParameterizedTest
    @CsvSource({"0, 0 samples of web", "1, 1 sample of web", "2, 2 samples of web", "1234, 1234 samples of web"})
    void choosesTheWordByTheNumberThatTheTextSays(String count, String sentence) {
        assertThat(SentencePattern.fill(SAMPLES, List.of(count, "web"))).isEqualTo(sentence);
    }

    @Test
    void fillsWhatWasChosen() {
        String pattern = "{0,choice,0#No build of {1}|1#One build of {1}|1<{0} builds of {1}}.";

        assertThat(SentencePattern.fill(pattern, List.of("0", "{0}"))).isEqualTo("No build of {0}.");
        assertThat(SentencePattern.fill(pattern, List.of("1", "it''s"))).isEqualTo("One build of it''s.");
        assertThat(SentencePattern.fill(pattern, List.of("4321", "web"))).isEqualTo("4321 builds of web.");
    }

    @Test
    void takesWhatIsNoNumberForSeveral() {
        assertThat(SentencePattern.fill(SAMPLES, List.of("some", "web"))).isEqualTo("some samples of web");
    }

    @Property
    void showsArgumentsAsTheyAre(@ForAll String text, @ForAll @IntRange(min = 2) int count) {
        assertThat(SentencePattern.fill(SAMPLES, List.of(String.valueOf(count), text)))
                .isEqualTo(count + " samples of " + text);
    }
}
