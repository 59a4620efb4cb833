package io.jenkins.plugins.livemigration.engine.verdict;

import static io.jenkins.plugins.livemigration.engine.verdict.Runs.DOWNTIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.livemigration.engine.plan.DefaultCategories;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummariesTest {
    private static final Message OPEN = Message.literal("still open");

    @Test
    void quartilesAreThoseOfDefinitionR8() {

        Summary.Spread spread =
                both(Runs.of(64, 1, 2, 32, 4, 16, 8).result()).spread().orElseThrow();

        assertThat(spread.median()).isEqualTo(8);
        assertThat(spread.lowerQuartile()).isCloseTo(2 + (4 - 2) / 6.0, within(1e-12));
        assertThat(spread.upperQuartile()).isCloseTo(32 - (32 - 16) / 6.0, within(1e-12));
        assertThat(spread.best()).isEqualTo(1);
        assertThat(spread.worst()).isEqualTo(64);
    }

    /** Ranks from Conover's table and from the binomial distribution by hand. */
    @ParameterizedTest
    @CsvSource({"6, 1, 6", "7, 1, 7", "8, 1, 8", "9, 2, 8", "10, 2, 9", "12, 3, 10", "20, 6, 15", "30, 10, 21"})
    void theMediansIntervalIsMadeOfOrderStatistics(int n, int lowerRank, int upperRank) {
        double[] values = IntStream.rangeClosed(1, n).asDoubleStream().toArray();

        assertThat(both(Runs.of(values).result()).spread().orElseThrow().medianInterval())
                .contains(new Summary.Interval(lowerRank, upperRank, false));
    }

    @Test
    void fiveValuesEncloseNoMedian() {
        assertThat(both(Runs.of(1, 2, 3, 4, 5).result()).spread().orElseThrow().medianInterval())
                .isEmpty();
    }

    @Test
    void aLowerBoundRanksAsWorstWhateverItsNumber() {
        Summary summary = both(
                Runs.of(Figure.of(500), Figure.of(900), new Figure.AtLeast(300, OPEN), Figure.of(700), Figure.of(600))
                        .result());
        Summary.Spread spread = summary.spread().orElseThrow();

        assertThat(summary.n()).isEqualTo(5);
        assertThat(summary.atLeast()).isEqualTo(1);
        assertThat(spread.median()).isEqualTo(700);
        assertThat(spread.medianIsAtLeast()).isFalse();
        assertThat(spread.worst()).isEqualTo(900);
        assertThat(spread.worstIsAtLeast()).isTrue();
    }

    @Test
    void aMedianThatRestsOnALowerBoundSaysSo() {
        Summary summary =
                both(Runs.of(Figure.of(50), new Figure.AtLeast(60, OPEN)).result());

        assertThat(summary.spread().orElseThrow().medianIsAtLeast()).isTrue();
        assertThat(summary.category()).contains("very bad");
        assertThat(summary.categoryStraddles()).isTrue();
    }

    @Test
    void theResolutionOfTheSamplesIsTheResolutionOfTheMedian() {
        Summary summary = both(Runs.of(Figure.between(50, 57, 64), Figure.between(52, 58, 65), Figure.of(10))
                .result());

        assertThat(summary.category()).contains("bad");
        assertThat(summary.categoryStraddles()).isTrue();
    }

    @Test
    void countsAbsentValuesByReasonAndInventsNone() {
        Message noProbe = Message.literal("no probe");
        Summary summary = both(
                Runs.of(Figure.absent(noProbe), Figure.absent(noProbe), Figure.absent(Message.literal("torn file")))
                        .result());

        assertThat(summary.n()).isZero();
        assertThat(summary.spread()).isEmpty();
        assertThat(summary.absent())
                .containsExactly(
                        new Summary.Absences(noProbe, 2), new Summary.Absences(Message.literal("torn file"), 1));
    }

    @Test
    void leavesOutWarmUpsAndFailedSamples() {
        assertThat(both(Runs.of(5, 6).warmup(1000).failing().result()).n()).isEqualTo(2);
    }

    @Test
    void tellsTheDirectionsApart() {
        List<Summary> summaries = summaries(Runs.of(10, 20, 11, 21).result());

        assertThat(summaries)
                .extracting(Summary::direction)
                .containsExactly(Optional.empty(), Optional.of(Direction.OUT), Optional.of(Direction.BACK));
        assertThat(summaries.get(1).spread().orElseThrow().median()).isEqualTo(10.5);
        assertThat(summaries.get(2).spread().orElseThrow().median()).isEqualTo(20.5);
    }

    @Test
    void whereHigherIsBetterTheSmallestIsWorst() {
        Summary summary = summaries(Runs.empty()
                        .metric("throughput.during", Figure.of(5))
                        .metric("throughput.during", Figure.of(9))
                        .result())
                .get(0);

        assertThat(summary.spread().orElseThrow().worst()).isEqualTo(5);
        assertThat(summary.spread().orElseThrow().best()).isEqualTo(9);
    }

    @Property
    void everySpreadIsInOrder(@ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 1e7) Double> values) {
        double[] downtimes = values.stream().mapToDouble(Double::doubleValue).toArray();
        Summary.Spread spread = both(Runs.of(downtimes).result()).spread().orElseThrow();
        double[] sorted = downtimes.clone();
        Arrays.sort(sorted);

        assertThat(spread.best()).isEqualTo(sorted[0]);
        assertThat(spread.worst()).isEqualTo(sorted[sorted.length - 1]);
        assertThat(spread.lowerQuartile()).isBetween(spread.best(), spread.median());
        assertThat(spread.upperQuartile()).isBetween(spread.median(), spread.worst());
        assertThat(spread.medianInterval().isPresent()).isEqualTo(sorted.length >= 6);
        spread.medianInterval()
                .ifPresent(interval -> assertThat(spread.median()).isBetween(interval.lower(), interval.upper()));
    }

    private static Summary both(RunResult result) {
        return summaries(result).stream()
                .filter(summary ->
                        summary.direction().isEmpty() && summary.metric().equals(DOWNTIME))
                .findFirst()
                .orElseThrow();
    }

    private static List<Summary> summaries(RunResult result) {
        return new Summaries(DefaultCategories.all()).of(result);
    }
}
