package io.jenkins.plugins.livemigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.journal.JournalEvent.Move;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void interleavesScenariosAndDirectionsAndLetsNoneAlwaysBeFirst() {
        assertThat(moves(2, 1, 2, "to-and-fro"))
                .extracting(move -> (move.warmup() ? "w" : "s") + move.number() + move.scenario() + move.direction())
                .containsExactly(
                        "w1s0OUT",
                        "w1s0BACK",
                        "w1s1OUT",
                        "w1s1BACK",
                        "s1s1OUT",
                        "s1s1BACK",
                        "s1s0OUT",
                        "s1s0BACK",
                        "s2s0OUT",
                        "s2s0BACK",
                        "s2s1OUT",
                        "s2s1BACK");
    }

    @Test
    void movesOneWayOnlyWhereThePlanSaysSo() {
        assertThat(moves(3, 0, 1, "one-way"))
                .hasSize(3)
                .allSatisfy(move -> assertThat(move.from()).isEqualTo("a"));
    }

    @Property(tries = 100)
    void givesEveryScenarioAndDirectionItsSamplesInOrder(
            @ForAll @IntRange(min = 1, max = 30) int samples,
            @ForAll @IntRange(max = 5) int warmup,
            @ForAll @IntRange(min = 1, max = 6) int scenarios) {
        List<Move> moves = moves(samples, warmup, scenarios, "to-and-fro");

        assertThat(moves).hasSize(2 * scenarios * (samples + warmup));
        for (int i = 0; i < moves.size(); i++) {
            assertThat(moves.get(i).order()).isEqualTo(i + 1);
        }
        Map<String, List<Integer>> numbers = moves.stream()
                .filter(move -> !move.warmup())
                .collect(Collectors.groupingBy(
                        move -> move.scenario() + move.direction(),
                        Collectors.mapping(Move::number, Collectors.toList())));
        assertThat(numbers)
                .hasSize(2 * scenarios)
                .allSatisfy((key, list) -> assertThat(list)
                        .hasSize(samples)
                        .isSorted()
                        .startsWith(1)
                        .doesNotHaveDuplicates());
    }

    private static List<Move> moves(int samples, int warmup, int scenarios, String directions) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < scenarios; i++) {
            names.append("{name: s").append(i).append("},");
        }
        String text = "name: x\nhosts: {a: {address: local}, b: {address: local}}\n"
                + "driver: {command: {from: a, to: b, on: a, migrate: 'true', locate: echo a}}\n"
                + "samples: " + samples + "\nwarmup: " + warmup + "\ndirections: " + directions + "\nscenarios: ["
                + names + "]\n";
        ParsedPlan parsed = PlanParser.parse(text, PlanFormat.YAML);
        assertThat(parsed).as(parsed.toString()).isInstanceOf(ParsedPlan.Valid.class);
        return Schedule.of(((ParsedPlan.Valid) parsed).plan());
    }
}
