package io.jenkins.plugins.livemigration.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegressionPlanTest {
    private static final String PLAN = "{name: web, hosts: {a: {address: 192.0.2.1}, b: {address: 192.0.2.2}}, "
            + "driver: {podman: {from: a, to: b, containers: [web]}}%s}";

    @Test
    void isWhatIsUsualWhereThePlanSaysNothing() {
        assertThat(regression("")).isEqualTo(RegressionPlan.DEFAULT);
        assertThat(regression(", regression: {window: 3}"))
                .isEqualTo(new RegressionPlan(
                        3, Map.of(), Map.of(), Optional.empty(), RegressionPlan.DEFAULT.fixedFacts()));
    }

    @Test
    void takesFractionsInPercentAndAmountsInTheMetricsUnit() {
        assertThat(regression(", regression: {mustFind: 25 %, fixedFacts: [nic], "
                        + "relevantChanges: {downtime.observed: {relative: 5 %, absolute: 0.1 s}, outage.count: {absolute: 2}}, "
                        + "noiseFloors: {downtime.observed: 3.1 %, outage.count: 1}}"))
                .isEqualTo(new RegressionPlan(
                        10,
                        Map.of(
                                "downtime.observed", new RelevantChange(0.05, 100),
                                "outage.count", new RelevantChange(0, 2)),
                        Map.of("downtime.observed", 0.031, "outage.count", 1.0),
                        Optional.of(0.25),
                        Set.of("nic")));
    }

    @Test
    void namesEveryMistake() {
        String broken = ", regression: {window: 2, mustFind: 3, relevantChanges: {downtime: {relative: 1 %}, "
                + "downtime.observed: {}, downtime.reported: {relative: 0 %}}, noiseFloors: {downtime.observed: 5 ms}, depth: 1}";

        assertThat(mistakes(broken))
                .extracting(mistake -> mistake.substring(0, mistake.indexOf(' ')))
                .containsExactlyInAnyOrder(
                        "regression.window",
                        "regression.mustFind",
                        "regression.relevantChanges.downtime",
                        "regression.relevantChanges.downtime.observed",
                        "regression.relevantChanges.downtime.reported",
                        "regression.noiseFloors.downtime.observed",
                        "regression.depth");
    }

    private static RegressionPlan regression(String part) {
        return ((ParsedPlan.Valid) parse(part)).plan().regression();
    }

    private static List<String> mistakes(String part) {
        return ((ParsedPlan.Invalid) parse(part))
                .mistakes().stream()
                        .map(mistake -> mistake.path() + " " + mistake)
                        .toList();
    }

    private static ParsedPlan parse(String part) {
        return PlanParser.parse(PLAN.replace("%s", part), PlanFormat.YAML);
    }
}
