package io.jenkins.plugins.livemigration.engine.migrate.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedLineTest {
    @Test
    void ignoresWhatIsNotMarked() {
        assertThat(MarkedLine.parse("migrating 100 to b")).isEmpty();
        assertThat(MarkedLine.parse("# lmb: phase-start x")).isEmpty();
    }

    @Test
    void understandsPhasesMomentsAndNotes() {
        assertThat(MarkedLine.parse("lmb: phase-start memory")).contains(new MarkedLine.PhaseStart("memory"));
        assertThat(MarkedLine.parse("  lmb:phase-end memory 4096"))
                .contains(new MarkedLine.PhaseEnd("memory", OptionalLong.of(4096)));
        assertThat(MarkedLine.parse("lmb: phase-end memory"))
                .contains(new MarkedLine.PhaseEnd("memory", OptionalLong.empty()));
        assertThat(MarkedLine.parse("lmb: mark source-stopped"))
                .contains(new MarkedLine.Moment(Mark.Kind.SOURCE_STOPPED));
        assertThat(MarkedLine.parse("lmb: requested")).contains(new MarkedLine.Requested());
        assertThat(MarkedLine.parse("lmb: note two  words")).contains(new MarkedLine.Note("two  words"));
    }

    @Test
    void convertsFiguresToTheMetricsUnit() {
        assertThat(MarkedLine.parse("lmb: figure downtime.reported 1.5 s"))
                .contains(new MarkedLine.Value(Metrics.DOWNTIME_REPORTED, 1500));
        assertThat(MarkedLine.parse("lmb: figure bytes.ram 2 MiB"))
                .contains(new MarkedLine.Value(Metrics.BYTES_RAM, 2 * 1024 * 1024));
        assertThat(MarkedLine.parse("lmb: figure iterations 7")).contains(new MarkedLine.Value(Metrics.ITERATIONS, 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lmb:",
                "lmb: phase-start",
                "lmb: phase-start two words",
                "lmb: phase-end x many",
                "lmb: mark",
                "lmb: mark finished",
                "lmb: figure downtime.reported 5",
                "lmb: figure downtime.reported 5 MiB",
                "lmb: figure downtime.reported -5 ms",
                "lmb: figure downtime.reported NaN ms",
                "lmb: figure nonsense 5 ms",
                "lmb: shout"
            })
    void saysWhatIsUnclearAndInventsNothing(String line) {
        assertThat(MarkedLine.parse(line)).get().isInstanceOf(MarkedLine.Unclear.class);
    }

    @Property
    void neverThrows(@ForAll String rest) {
        assertThat(MarkedLine.parse("lmb:" + rest)).isPresent();
        MarkedLine.parse(rest);
    }

    @Property
    void readsAnyDurationBack(@ForAll @LongRange(min = 0, max = 999_999_999) long millis) {
        Metric metric = Metrics.find("downtime.reported").orElseThrow();
        assertThat(metric.unit()).isEqualTo(Unit.MILLISECONDS);
        assertThat(MarkedLine.parse("lmb: figure downtime.reported " + millis + " ms"))
                .contains(new MarkedLine.Value(metric, millis));
    }
}
