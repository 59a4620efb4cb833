package io.jenkins.plugins.livemigration.jenkins.step;

import static io.jenkins.plugins.livemigration.jenkins.step.GateDecision.Colour.FAILURE;
import static io.jenkins.plugins.livemigration.jenkins.step.GateDecision.Colour.SUCCESS;
import static io.jenkins.plugins.livemigration.jenkins.step.GateDecision.Colour.UNSTABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.verdict.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateDecisionTest {
    @Test
    void theBuildBecomesWhatTheVerdictSays() {
        assertThat(GateDecision.of(Status.PASS, Gate.BUILD, SUCCESS)).isEqualTo(new GateDecision(SUCCESS, false));
        assertThat(GateDecision.of(Status.INSUFFICIENT_BASELINE, Gate.BUILD, SUCCESS))
                .isEqualTo(new GateDecision(SUCCESS, false));
        assertThat(GateDecision.of(Status.UNSTABLE, Gate.BUILD, SUCCESS)).isEqualTo(new GateDecision(UNSTABLE, true));
        assertThat(GateDecision.of(Status.FAIL, Gate.BUILD, SUCCESS)).isEqualTo(new GateDecision(FAILURE, true));
        assertThat(GateDecision.of(Status.INFRASTRUCTURE, Gate.BUILD, SUCCESS))
                .isEqualTo(new GateDecision(FAILURE, true));
    }

    @Test
    void anInconclusiveVerdictCountsAsWasChosen() {
        assertThat(GateDecision.of(Status.INCONCLUSIVE, Gate.BUILD, SUCCESS))
                .isEqualTo(new GateDecision(SUCCESS, false));
        assertThat(GateDecision.of(Status.INCONCLUSIVE, Gate.BUILD, UNSTABLE))
                .isEqualTo(new GateDecision(UNSTABLE, true));
    }

    @Test
    void theStageAloneIsColoured() {
        assertThat(GateDecision.of(Status.FAIL, Gate.STAGE, SUCCESS)).isEqualTo(new GateDecision(FAILURE, false));
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void withoutAGateNothingHappens(Status status) {
        assertThat(GateDecision.of(status, Gate.NONE, FAILURE)).isEqualTo(new GateDecision(SUCCESS, false));
    }
}
