package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.TTest;
import org.junit.jupiter.api.Test;

/** The formulas against their definitions, worked out the long way, and against the library where it has the same. */
class BruteForceTest {
    @Property(tries = 200)
    void benjaminiAndHochbergByTheirDefinition(
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0, max = 1) Double> pValues) {
        double[] p = pValues.stream().mapToDouble(Double::doubleValue).toArray();
        double[] q = BenjaminiHochberg.adjust(p);
        double[] inPlace = p.clone();
        BenjaminiHochberg.adjustInPlace(inPlace);

        for (int i = 0; i < p.length; i++) {
            double expected = 1;
            for (double threshold : p) {
                if (threshold >= p[i]) {
                    long rank =
                            DoubleStream.of(p).filter(one -> one <= threshold).count();
                    expected = Math.min(expected, threshold * p.length / rank);
                }
            }
            assertThat(q[i]).isEqualTo(expected, within(1e-12));
            assertThat(inPlace[i]).isEqualTo(expected, within(1e-12));
        }
    }

    @Property(tries = 40)
    void mannWhitneysDistributionByCountingAllOrders(
            @ForAll @IntRange(min = 1, max = 6) int m, @ForAll @IntRange(min = 1, max = 6) int n) {
        double[] counts = new double[m * n + 1];
        int orders = 0;
        for (int subset = 0; subset < 1 << (m + n); subset++) {
            if (Integer.bitCount(subset) == m) {
                int u = 0;
                int othersBelow = 0;
                for (int place = 0; place < m + n; place++) {
                    if ((subset & (1 << place)) != 0) {
                        u += othersBelow;
                    } else {
                        othersBelow++;
                    }
                }
                counts[u]++;
                orders++;
            }
        }
        double[] probabilities = MannWhitneyCounts.probabilities(m, n);

        assertThat(probabilities).hasSize(counts.length);
        for (int u = 0; u < counts.length; u++) {
            assertThat(probabilities[u]).isEqualTo(counts[u] / orders, within(1e-12));
        }
    }

    /** The interval holds exactly those shifts that the exact test does not reject. */
    @Property(tries = 30)
    void hodgesAndLehmannsIntervalIsTheTestTurnedRound(
            @ForAll @IntRange(min = 5, max = 9) int m, @ForAll @IntRange(min = 5, max = 9) int n, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = random.doubles(m).toArray();
        double[] y = random.doubles(n).toArray();
        HodgesLehmann shift = HodgesLehmann.shift(x, y, 0.95);

        assertThat(rejects(x, y, shift.lower() - 1e-9)).isTrue();
        assertThat(rejects(x, y, shift.lower() + 1e-9)).isFalse();
        assertThat(rejects(x, y, shift.upper() - 1e-9)).isFalse();
        assertThat(rejects(x, y, shift.upper() + 1e-9)).isTrue();
        assertThat(shift.shift()).isBetween(shift.lower(), shift.upper());
    }

    private static boolean rejects(double[] x, double[] y, double mu) {
        return MannWhitneyUTest.withDefaults().withMu(mu).test(x, y).getPValue() <= 0.05;
    }

    @Test
    void fewValuesHaveNoInterval() {
        HodgesLehmann shift = HodgesLehmann.shift(new double[] {3, 5, 4}, new double[] {1, 2, 3}, 0.95);

        assertThat(shift.shift()).isEqualTo(2);
        assertThat(shift.lower()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(shift.upper()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void aRatioIsTheShiftOfLogarithms() {
        double[] reference = {90, 95, 100, 105, 110, 99, 101};
        double[] values = Arrays.stream(reference).map(value -> 1.25 * value).toArray();

        HodgesLehmann ratio = HodgesLehmann.ratio(values, reference, 0.95);

        assertThat(ratio.shift()).isEqualTo(1.25, within(1e-9));
        assertThat(ratio.lower()).isBetween(1.1, 1.25);
        assertThat(ratio.upper()).isBetween(1.25, 1.4);
    }

    /** Beyond the exact range the interval must join up: 100 by 100 is exact, 100 by 101 is not. */
    @Test
    void manyValuesUseTheNormalDistribution() {
        SplittableRandom random = new SplittableRandom(1);
        double[] x = random.doubles(101).map(value -> value + 0.3).toArray();
        double[] y = random.doubles(100).toArray();

        HodgesLehmann exact = HodgesLehmann.shift(Arrays.copyOf(x, 100), y, 0.95);
        HodgesLehmann approximate = HodgesLehmann.shift(x, y, 0.95);

        assertThat(approximate.lower()).isEqualTo(exact.lower(), within(0.01));
        assertThat(approximate.upper()).isEqualTo(exact.upper(), within(0.01));
    }

    @Property(tries = 100)
    void cliffsDeltaFollowsFromMannWhitneysU(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = random.ints(7, 0, 9).asDoubleStream().toArray();
        double[] y = random.ints(5, 0, 9).asDoubleStream().toArray();

        double u = MannWhitneyUTest.withDefaults().test(x, y).getStatistic();

        assertThat(CliffsDelta.of(x, y)).isEqualTo(2 * u / 35 - 1, within(1e-12));
        assertThat(CliffsDelta.of(y, x)).isEqualTo(-CliffsDelta.of(x, y), within(1e-12));
    }

    @Property(tries = 100)
    void aPooledShiftIsStudentsTest(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] recent = random.doubles(5).toArray();
        double[] golden = random.doubles(3).toArray();

        PooledShift shift = PooledShift.of(recent, golden, 0);

        assertThat(shift.pValue())
                .isEqualTo(
                        TTest.withDefaults()
                                .with(DataDispersion.HOMOSCEDASTIC)
                                .with(AlternativeHypothesis.GREATER_THAN)
                                .test(recent, golden)
                                .getPValue(),
                        within(1e-9));
        assertThat(PooledShift.of(recent, golden, 10).standardError())
                .isEqualTo(10 * Math.sqrt(1.0 / 5 + 1.0 / 3), within(1e-12));
    }

    @Test
    void aFloorKeepsThePredictionIntervalFromBelievingTooLittleNoise() {
        double[] alike = {10, 10, 10};

        assertThat(PredictionInterval.of(alike, 0).pValue(10.001)).isZero();
        assertThat(PredictionInterval.of(alike, 1).pValue(10.001)).isEqualTo(0.5, within(0.001));
        assertThat(PredictionInterval.of(alike, 1).widened(2).standardError())
                .isEqualTo(Math.sqrt(1 + 1.0 / 3 + 4), within(1e-12));
        assertThatThrownBy(() -> PredictionInterval.of(new double[] {1}, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The prediction interval holds what it promises, and a detectable shift is detected: by drawing builds. */
    @Test
    void theShiftThatIsCalledDetectableIsFoundFourTimesOutOfFive() {
        SplittableRandom random = new SplittableRandom(3);
        int builds = 10;
        int trials = 20_000;
        int falseAlarms = 0;
        int found = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] centres = new double[builds];
            Arrays.setAll(centres, i -> random.nextGaussian());
            PredictionInterval interval = PredictionInterval.of(centres, 0);
            double next = random.nextGaussian();
            PredictionInterval truth = new PredictionInterval(builds, 0, 1, 1);
            falseAlarms += interval.pValue(next) < 0.05 ? 1 : 0;
            found += interval.pValue(next + DetectableShift.of(truth, 0.05, 0.8)) < 0.05 ? 1 : 0;
        }

        assertThat(falseAlarms / (double) trials).isEqualTo(0.05, within(0.006));
        assertThat(found / (double) trials).isEqualTo(0.8, within(0.02));
    }

    /** At the level of one in a family of four, as the sentences say it: with few builds the formula promises too much. */
    @Test
    void howOftenADetectableShiftIsReallyFoundWithFewBuilds() {
        assertThat(found(3, 0.0125)).isEqualTo(0.736, within(0.012));
        assertThat(found(5, 0.0125)).isEqualTo(0.774, within(0.012));
        assertThat(found(10, 0.0125)).isEqualTo(0.792, within(0.012));
        assertThat(found(20, 0.0125)).isEqualTo(0.797, within(0.012));
    }

    private static double found(int builds, double level) {
        SplittableRandom random = new SplittableRandom(builds);
        double shift = DetectableShift.of(new PredictionInterval(builds, 0, 1, 1), level, 0.8);
        int trials = 20_000;
        int found = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] centres = new double[builds];
            Arrays.setAll(centres, i -> random.nextGaussian());
            found += PredictionInterval.of(centres, 0).pValue(random.nextGaussian() + shift) < level ? 1 : 0;
        }
        return found / (double) trials;
    }

    /** From P(a sum of so many fair coins is less than k), by counting all outcomes. */
    @Property(tries = 20)
    void theMediansIntervalByCountingAllOutcomes(@ForAll @IntRange(min = 1, max = 14) int n) {
        int expected = 0;
        for (int k = 1; k <= n; k++) {
            int missing = 0;
            for (int below = 0; below < 1 << n; below++) {
                missing += Integer.bitCount(below) < k ? 2 : 0;
            }
            expected = missing <= 0.05 * (1 << n) ? k : expected;
        }
        assertThat(OrderStatisticInterval.rank(n, 0.95).orElse(0)).isEqualTo(expected);
    }

    /** Fisher's p by placing the failures among all migrations in every way. */
    @Property(tries = 60)
    void failuresByCountingAllWaysToPlaceThem(
            @ForAll @IntRange(min = 1, max = 6) int total,
            @ForAll @IntRange(min = 1, max = 8) int totalBefore,
            @ForAll @IntRange(min = 0, max = 6) int failed,
            @ForAll @IntRange(min = 0, max = 8) int failedBefore) {
        int now = Math.min(failed, total);
        int before = Math.min(failedBefore, totalBefore);
        int ways = 0;
        int asMany = 0;
        for (int placed = 0; placed < 1 << (total + totalBefore); placed++) {
            if (Integer.bitCount(placed) == now + before) {
                ways++;
                asMany += Integer.bitCount(placed & ((1 << total) - 1)) >= now ? 1 : 0;
            }
        }
        assertThat(ExactFailureTest.pValue(now, total, before, totalBefore))
                .isEqualTo(asMany / (double) ways, within(1e-9));
    }

    /** Minus zero is zero: a metric of which more is better is compared with its sign turned. */
    @Test
    void equalValuesAreATieWhateverTheSignOfZero() {
        assertThat(CliffsDelta.of(new double[] {0.0, 1}, new double[] {-0.0, 1}))
                .isZero();
    }

    @Test
    void outliersAreScoredByTheBulk() {
        double[] scores = ModifiedZScore.of(new double[] {1, 2, 3, 4, 100}, 0);

        assertThat(scores).containsExactly(new double[] {-2 * 0.6745, -0.6745, 0, 0.6745, 97 * 0.6745}, within(0.01));
        assertThat(ModifiedZScore.of(new double[] {5, 5, 5, 6}, 0)).containsExactly(0, 0, 0, Double.POSITIVE_INFINITY);
        assertThat(ModifiedZScore.of(new double[] {5, 5, 5, 6}, 2))
                .containsExactly(new double[] {0, 0, 0, 0.337}, within(0.001));
    }

    /** E-Divisive's first cut against Matteson and James's formula, pair by pair. */
    @Property(tries = 60)
    void theFirstChangePointIsTheCutWithTheGreatestEnergy(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] series = new double[12];
        int step = random.nextInt(3, 10);
        for (int i = 0; i < series.length; i++) {
            series[i] = random.nextDouble() + (i < step ? 0 : 5);
        }

        double best = Double.NEGATIVE_INFINITY;
        int cut = -1;
        for (int middle = 3; middle <= 9; middle++) {
            for (int end = middle + 3; end <= 12; end++) {
                double q = energy(Arrays.copyOfRange(series, 0, middle), Arrays.copyOfRange(series, middle, end));
                if (q > best) {
                    best = q;
                    cut = middle;
                }
            }
        }
        assertThat(cut).isEqualTo(step);
        assertThat(new ChangePoints(3, 199, 0.05).in(series)).contains(cut);
    }

    private static double energy(double[] x, double[] y) {
        double across = 0;
        for (double one : x) {
            for (double other : y) {
                across += Math.abs(one - other);
            }
        }
        int m = x.length;
        int n = y.length;
        return m * n / (double) (m + n) * (2 * across / (m * n) - meanDistance(x) - meanDistance(y));
    }

    private static double meanDistance(double[] values) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                sum += Math.abs(values[i] - values[j]);
                pairs++;
            }
        }
        return sum / pairs;
    }

    @Test
    void noiseHasChangePointsNoOftenerThanTheLevelSays() {
        SplittableRandom random = new SplittableRandom(5);
        int series = 300;
        int alarms = 0;
        for (int i = 0; i < series; i++) {
            alarms += new ChangePoints(3, 99, 0.05)
                            .in(random.doubles(15).toArray())
                            .isEmpty()
                    ? 0
                    : 1;
        }

        assertThat(alarms / (double) series).isBetween(0.01, 0.09);
    }

    @Test
    void aSeriesThatIsTooShortHasNoChangePoints() {
        assertThat(ChangePoints.ofBuilds().in(new double[] {1, 1, 1, 9, 9})).isEmpty();
        assertThat(ChangePoints.ofBuilds().in(new double[0])).isEmpty();
    }
}
