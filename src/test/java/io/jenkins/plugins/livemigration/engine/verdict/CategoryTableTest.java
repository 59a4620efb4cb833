package io.jenkins.plugins.livemigration.engine.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.plan.DefaultCategories;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CategoryTableTest {
    private static final CategoryTable DOWNTIME =
            new CategoryTable(DefaultCategories.all().get("downtime.observed"), Metric.Better.LOWER);

    @ParameterizedTest
    @CsvSource({
        "downtime.observed, 0, very good",
        "downtime.observed, 10.999, very good",
        "downtime.observed, 11, good",
        "downtime.observed, 60.999, good",
        "downtime.observed, 61, bad",
        "downtime.observed, 99.999, bad",
        "downtime.observed, 100, very bad",
        "downtime.observed, 1e9, very bad",
        "migrationTime.platform, 30999.9, very good",
        "migrationTime.platform, 31000, good",
        "migrationTime.platform, 81000, bad",
        "migrationTime.platform, 151000, very bad",
        "loss.during, 2.999, very good",
        "loss.during, 3, good",
        "loss.during, 15, fair",
        "loss.during, 25, poor",
        "delay.oneWay.during, 149.9, very good",
        "delay.oneWay.during, 150, good",
        "delay.oneWay.during, 300, fair",
        "delay.oneWay.during, 450, poor",
        "jitter.rfc3550.during, 0, very good",
        "jitter.rfc3550.during, 0.001, good",
        "jitter.rfc3550.during, 75, fair",
        "jitter.rfc3550.during, 125, poor",
    })
    void anEdgeBelongsToTheClassAboveIt(String metric, double value, String category) {
        Metric.Better better = Metrics.find(metric).orElseThrow().better();
        CategoryTable table = new CategoryTable(DefaultCategories.all().get(metric), better);

        assertThat(table.place(value).category()).isEqualTo(category);
        assertThat(table.place(value).straddles()).isFalse();
    }

    @Test
    void aValueWhoseResolutionReachesAcrossAnEdgeIsMarkedAndTakesTheWorseClass() {
        assertThat(DOWNTIME.place(Figure.between(55, 58, 62))).contains(new CategoryTable.Placement("bad", true, 2));
        assertThat(DOWNTIME.place(Figure.between(55, 58, 60.9)))
                .contains(new CategoryTable.Placement("good", false, 1));
    }

    @Test
    void whatIsAtLeastSomethingMayBeAnythingWorse() {
        assertThat(DOWNTIME.place(new Figure.AtLeast(5, Message.literal("open"))))
                .contains(new CategoryTable.Placement("very bad", true, 3));
        assertThat(DOWNTIME.place(new Figure.AtLeast(500, Message.literal("open"))))
                .contains(new CategoryTable.Placement("very bad", false, 3));
    }

    @Test
    void whatIsAbsentHasNoClass() {
        assertThat(DOWNTIME.place(Figure.absent(Message.literal("no probe")))).isEmpty();
    }

    @Test
    void whereHigherIsBetterTheLowerEndIsTheWorseOne() {
        CategoryTable throughput = new CategoryTable(
                new CategoryEdges(
                        List.of(
                                new CategoryEdges.Edge("poor", 700_000),
                                new CategoryEdges.Edge("fair", 1_200_000),
                                new CategoryEdges.Edge("good", Double.POSITIVE_INFINITY)),
                        "test"),
                Metric.Better.HIGHER);

        assertThat(throughput.place(1_300_000)).isEqualTo(new CategoryTable.Placement("good", false, 0));
        assertThat(throughput.place(1_100_000, 1_300_000)).isEqualTo(new CategoryTable.Placement("fair", true, 1));
        assertThat(throughput.place(1)).isEqualTo(new CategoryTable.Placement("poor", false, 2));
    }

    @Property
    void noValueIsWithoutAClassAndNoWorseValueHasABetterOne(
            @ForAll @DoubleRange(min = 0, max = 1e6) double one,
            @ForAll @DoubleRange(min = 0, max = 1e6) double other) {
        int better = DOWNTIME.place(Math.min(one, other)).rank();
        int worse = DOWNTIME.place(Math.max(one, other)).rank();

        assertThat(better).isLessThanOrEqualTo(worse);
    }
}
