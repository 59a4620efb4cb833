package io.jenkins.plugins.livemigration.jenkins.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.livemigration.engine.history.SyntheticRuns;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgeCheckTest {
    private static final RunResult RUN = SyntheticRuns.run(1, "6.1", Map.of("default", 800.0), RunEnd.Kind.COMPLETED);

    @ParameterizedTest
    @CsvSource({
        "PASS, SUCCESS",
        "INSUFFICIENT_BASELINE, SUCCESS",
        "INCONCLUSIVE, NEUTRAL",
        "UNSTABLE, NEUTRAL",
        "FAIL, FAILURE",
        "INFRASTRUCTURE, FAILURE"
    })
    void concludesWhatTheBenchmarkConcludes(Status status, ChecksConclusion conclusion) {
        ForgeCheck check = ForgeCheck.of(judged(status, Message.literal("because")), Locale.ENGLISH);

        assertThat(check.conclusion()).isEqualTo(conclusion);
        assertThat(check.title()).isEqualTo(status.name());
        assertThat(check.name()).isEqualTo("Live migration / " + RUN.name());
    }

    @Test
    void hasTheSentenceAndTheFigures() {
        Message sentence = Message.of("verdict/regression.overallInsufficient", 2, 3);

        ForgeCheck check = ForgeCheck.of(judged(Status.INSUFFICIENT_BASELINE, sentence), Locale.ENGLISH);

        assertThat(check.summary())
                .isEqualTo("```\nThere are 2 comparable builds; from 3 on the figures are compared.\n```\n");
        assertThat(check.text()).startsWith("```\n").endsWith("\n```\n").contains("10 usable samples");
    }

    @Test
    void speaksOneLanguage() {
        Message sentence = Message.of("verdict/regression.overallInsufficient", 2, 3);
        Locale indonesian = Locale.forLanguageTag("id");

        ForgeCheck check = ForgeCheck.of(judged(Status.INSUFFICIENT_BASELINE, sentence), indonesian);

        assertThat(check.summary()).contains(sentence.render(indonesian));
        assertThat(check.text()).contains("10 sampel yang dapat dipakai");
    }

    @Test
    void isNeverTakenForMarkdown() {
        assertThat(ForgeCheck.fenced("<img src=x>\n```\n# heading"))
                .isEqualTo("```\n<img src=x>\n'''\n# heading\n```\n");
    }

    @Test
    void isNeverLongerThanForgesTake() {
        assertThat(ForgeCheck.fenced("≥".repeat(100_000)).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(65_535);
    }

    private static JudgedResult judged(Status status, Message sentence) {
        Verdict verdict = new Verdict(status, sentence, List.of(), List.of(), Map.of(), Optional.empty());
        return new JudgedResult(JudgedResult.FORMAT_VERSION, RUN, verdict);
    }
}
