package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Numbers that others printed. */
class PublishedVectorsTest {
    /** Benjamini and Hochberg, 1995, section 3.2: thrombolysis in myocardial infarction; four are rejected at 5 %. */
    @Test
    void benjaminiAndHochbergRejectFourOfFifteen() {
        double[] p = {
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.000
        };

        double[] q = BenjaminiHochberg.adjust(p);

        assertThat(q[3]).isEqualTo(0.0095 * 15 / 4, within(1e-12));
        assertThat(java.util.Arrays.stream(q).filter(value -> value < 0.05)).hasSize(4);
        assertThat(q[14]).isEqualTo(1);
    }

    /** Hollander and Wolfe, Nonparametric Statistical Methods, 4.1 to 4.3: permeability of the human chorioamnion. */
    @Test
    void hodgesAndLehmannOnHollandersChorioamnion() {
        double[] atTerm = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
        double[] early = {1.15, 0.88, 0.90, 0.74, 1.21};

        HodgesLehmann shift = HodgesLehmann.shift(atTerm, early, 0.95);

        assertThat(shift.shift()).isEqualTo(0.305, within(1e-9));
        assertThat(shift.lower()).isEqualTo(-0.15, within(1e-9));
        assertThat(shift.upper()).isEqualTo(0.76, within(1e-9));
    }

    /** Hahn and Meeker, Statistical Intervals, 4.7: five readings, two-sided 95 % interval for a sixth, 46.1 to 54.1. */
    @Test
    void hahnAndMeekersPredictionInterval() {
        PredictionInterval interval = PredictionInterval.of(new double[] {51.4, 49.5, 48.7, 49.3, 51.6}, 0);

        assertThat(interval.mean()).isEqualTo(50.10, within(1e-9));
        assertThat(interval.sigma()).isEqualTo(1.31, within(0.005));
        assertThat(interval.upper(0.025)).isEqualTo(54.1, within(0.05));
        assertThat(interval.mean() - interval.margin(0.95)).isEqualTo(46.1, within(0.05));
        assertThat(interval.pValue(interval.upper(0.025))).isEqualTo(0.025, within(1e-9));
    }

    /** Bloom, 1995, table 1: one-tailed at 5 % with power 80 %, the multiplier is 2.49 for many degrees of freedom. */
    @Test
    void bloomsMultiplier() {
        double[] many = new double[1001];
        for (int i = 0; i < many.length; i++) {
            many[i] = i % 2;
        }
        PredictionInterval interval = PredictionInterval.of(many, 0);

        assertThat(DetectableShift.of(interval, 0.05, 0.8) / interval.standardError())
                .isEqualTo(2.49, within(0.005));
    }

    /** Fisher's lady tasting tea: three of four right, one-sided 17/70. */
    @Test
    void fishersTea() {
        assertThat(ExactFailureTest.pValue(3, 4, 1, 4)).isEqualTo(17.0 / 70, within(1e-12));
        assertThat(ExactFailureTest.pValue(0, 10, 0, 90)).isEqualTo(1);
        assertThat(ExactFailureTest.pValue(10, 10, 3, 3)).isEqualTo(1);
        assertThat(ExactFailureTest.pValue(4, 10, 1, 100)).isLessThan(0.001);
    }

    /** Table A6 of Conover: ranks of the 95 % interval of a median. */
    @Test
    void ranksOfTheMediansInterval() {
        assertThat(OrderStatisticInterval.rank(5, 0.95)).isEmpty();
        assertThat(OrderStatisticInterval.rank(6, 0.95)).hasValue(1);
        assertThat(OrderStatisticInterval.rank(9, 0.95)).hasValue(2);
        assertThat(OrderStatisticInterval.rank(20, 0.95)).hasValue(6);
        assertThat(OrderStatisticInterval.rank(50, 0.95)).hasValue(18);
    }

    /** The Nile at Aswan 1871 to 1970: the flow fell in 1899, as Cobb (Biometrika 65, 1978) and many since found. */
    @Test
    void theNileFellIn1899() {
        double[] nile = {
            1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958,
            1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020,
            1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040,
            759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890,
            744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740
        };

        assertThat(new ChangePoints(10, 199, 0.05).in(nile)).containsExactly(28);
    }
}
