package io.jenkins.plugins.livemigration.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void mapsLinearlyAndMayRunBackwards() {
        Scale up = new Scale(0, 10, 100, 0);

        assertThat(up.at(0)).isEqualTo(100);
        assertThat(up.at(2.5)).isEqualTo(75);
        assertThat(up.clamped(20)).isEqualTo(0);
        assertThat(up.clamped(-20)).isEqualTo(100);
    }

    @Test
    void ticksAreRound() {
        assertThat(new Scale(-60, 1100, 0, 1).ticks(6)).containsExactly(0.0, 200.0, 400.0, 600.0, 800.0, 1000.0);
        assertThat(new Scale(0.31, 0.78, 0, 1).ticks(5))
                .zipSatisfy(
                        List.of(0.4, 0.5, 0.6, 0.7),
                        (tick, round) -> assertThat(tick).isCloseTo(round, within(1e-12)));
    }

    @Property
    void ticksAreFewInOrderAndWithinTheScale(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double low,
            @ForAll @DoubleRange(min = 0.01, max = 1e7) double length,
            @ForAll @IntRange(min = 2, max = 12) int most) {
        Scale scale = new Scale(low, low + length, 0, 100);

        List<Double> ticks = scale.ticks(most);

        assertThat(ticks).hasSizeBetween(0, most + 1).isSorted().doesNotHaveDuplicates();
        assertThat(ticks).allSatisfy(tick -> assertThat(scale.at(tick)).isBetween(-0.01, 100.01));
    }

    @Test
    void startsAtZeroUnlessAllValuesAreFarFromIt() {
        assertThat(Scale.around(10, 100, 0, 1).low()).isZero();
        assertThat(Scale.around(90, 100, 0, 1).low()).isBetween(85.0, 90.0);
        assertThat(Scale.around(0, 0, 0, 1).high()).isPositive();
    }

    @Test
    void refusesAnEmptyRange() {
        assertThatThrownBy(() -> new Scale(1, 1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
