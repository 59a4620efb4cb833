package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MannWhitneyTest {
    @Test
    void samplesOfOneValueAloneDoNotDiffer() {
        assertThat(MannWhitney.p(new double[] {900, 900, 900}, new double[] {900, 900, 900}))
                .isEqualTo(1);
    }

    /** Of the 20 orders of three and three values, the two outermost are as far apart. */
    @Test
    void separatedSamplesAreAsRareAsTheirOrder() {
        assertThat(MannWhitney.p(new double[] {1, 2, 3}, new double[] {4, 5, 6}))
                .isCloseTo(0.1, within(1e-9));
    }
}
