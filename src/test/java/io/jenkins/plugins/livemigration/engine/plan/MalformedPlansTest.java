package io.jenkins.plugins.livemigration.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedPlansTest {
    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.livemigration.engine.plan.MalformedPlan#all")
    void namesThePathTheFaultAndTheRemedyOfEveryMistake(MalformedPlan malformed) {
        ParsedPlan parsed = PlanParser.parse(malformed.text(), PlanFormat.YAML);

        assertThat(parsed).isInstanceOf(ParsedPlan.Invalid.class);
        List<PlanMistake> mistakes = ((ParsedPlan.Invalid) parsed).mistakes();
        assertThat(mistakes)
                .isNotEmpty()
                .extracting(PlanMistake::toString)
                .containsExactlyElementsOf(malformed.mistakes());
    }

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.livemigration.engine.plan.MalformedPlan#all")
    void speaksIndonesianToo(MalformedPlan malformed) {
        Locale indonesian = Locale.forLanguageTag("id");
        ParsedPlan.Invalid invalid = (ParsedPlan.Invalid) PlanParser.parse(malformed.text(), PlanFormat.YAML);

        for (PlanMistake mistake : invalid.mistakes()) {
            assertThat(mistake.fault().render(indonesian))
                    .isNotEqualTo(mistake.fault().toString());
            assertThat(mistake.remedy().render(indonesian))
                    .isNotEqualTo(mistake.remedy().toString());
            assertThat(mistake.render(indonesian)).contains(mistake.path());
        }
    }

    @Test
    void thereAreManyOfThem() throws Exception {
        assertThat(MalformedPlan.all()).hasSizeGreaterThan(30);
    }

    @Test
    void aMistakeInAParameterHasNoLine() {
        PlanMistake mistake =
                new PlanMistake("samples", Message.of("plan.notFlag"), Message.of("plan.writeFlag"), Optional.empty());

        assertThat(mistake).hasToString("samples: is neither true nor false; write true or false");
    }
}
