package io.jenkins.plugins.livemigration.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
import io.jenkins.plugins.livemigration.engine.history.BaselineChoice.Source;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BaselineOptionsTest {
    private static final RegressionPlan NAMING = new RegressionPlan(
            10, Map.of(), Map.of(), Optional.empty(), Set.of(), List.of("../main/runs"), List.of("golden/1"));

    @Test
    void whatThePlanNamesTakesThePlaceOfTheRunsBeside() {
        BaselineChoice choice = options().choice(new Source.Beside(), NAMING);

        assertThat(choice.source()).isEqualTo(new Source.Named(List.of(Path.of("../main/runs"))));
        assertThat(choice.golden()).containsExactly(Path.of("golden/1"));
    }

    @Test
    void whatTheCommandLineNamesWinsOverThePlan() {
        BaselineChoice choice = options("--baseline", "a", "b", "--golden", "c").choice(new Source.Beside(), NAMING);

        assertThat(choice.source()).isEqualTo(new Source.Named(List.of(Path.of("a"), Path.of("b"))));
        assertThat(choice.golden()).containsExactly(Path.of("c"));
    }

    @Test
    void whatWasHandedInWinsOverThePlanAndSoDoesNothing() {
        Source handed = new Source.HandedIn(Baseline.EMPTY);

        assertThat(options().choice(handed, NAMING).source()).isEqualTo(handed);
        assertThat(options().choice(new Source.Nothing(), NAMING).source()).isEqualTo(new Source.Nothing());
    }

    @Test
    void aPlanThatNamesNothingLeavesItAsUsual() {
        assertThat(options().choice(new Source.Beside(), RegressionPlan.DEFAULT))
                .isEqualTo(BaselineChoice.BESIDE);
    }

    private static BaselineOptions options(String... arguments) {
        BaselineOptions options = new BaselineOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
