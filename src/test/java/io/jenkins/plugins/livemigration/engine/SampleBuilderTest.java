package io.jenkins.plugins.livemigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.SideFile;
import io.jenkins.plugins.livemigration.engine.observe.RecordedTrace;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SampleBuilderTest {
    private static final long MS = 1_000_000;
    private static final long REQUESTED = 1_000;
    private static final long CONFIRMED = 2_000;
    private static final long CLOSED = 4_000;

    private final List<JournalEntry> entries = new ArrayList<>();

    @Test
    void seesAServiceThatStaysSilentUntilTheWindowCloses() {
        Figure downtime = downtime(recorded(CLOSED, 1_200), true);

        assertThat(downtime).isInstanceOf(Figure.AtLeast.class);
        assertThat(downtime.amount().orElseThrow()).isGreaterThan(2_700);
    }

    @Test
    void saysNothingOfAMigrationWhoseRecordsBreakOffBeforeItsEnd() {
        Figure downtime = downtime(recorded(1_500, 1_500), false);

        assertThat(downtime).isInstanceOf(Figure.Absent.class);
        assertThat(((Figure.Absent) downtime).reason().key()).isEqualTo("engine.probeRecordsLost");
    }

    @Test
    void takesRecordsThatBreakOffLaterForWhatTheySayAndNoMore() {
        Figure downtime = downtime(recorded(2_500, 2_500), false);

        assertThat(downtime).isInstanceOf(Figure.Measured.class);
        assertThat(downtime.amount()).contains(0.0);
    }

    /** A datagram every 10 ms until {@code end}, answered at once if sent before {@code silence}. */
    private static RecordedTrace recorded(long end, long silence) {
        RecordedTrace.Builder trace = new RecordedTrace.Builder(0, 10 * MS);
        for (int slot = 0; slot * 10L < end; slot++) {
            trace.sent(slot, slot * 10L * MS);
            if (slot * 10L < silence) {
                trace.replied(slot, slot * 10L * MS + MS / 5);
            }
        }
        return trace.build();
    }

    private Figure downtime(RecordedTrace trace, boolean whole) {
        at(0, new JournalEvent.SampleStarted(new JournalEvent.Move(1, "default", Direction.OUT, 1, false, "a", "b")));
        at(0, new JournalEvent.ProbeStarted(1, "udp", "probes/0001-udp.probe"));
        at(0, new JournalEvent.WindowOpened(1));
        at(REQUESTED, new JournalEvent.Requested(1));
        at(CONFIRMED, new JournalEvent.Marked(1, Mark.Kind.CONFIRMED, CONFIRMED * MS));
        at(CONFIRMED, new JournalEvent.MigrationEnded(1, new Outcome.Succeeded()));
        at(CLOSED, new JournalEvent.WindowClosed(1));
        if (whole) {
            at(CLOSED, new JournalEvent.ProbeEnded(1, new SideFile("udp", "0001-udp.probe", 1, "")));
        }
        at(CLOSED, new JournalEvent.SampleEnded(1));
        BenchmarkPlan plan = plan();
        Sample sample = SampleBuilder.build(
                entries, Optional.of(plan.scenarios().get(0)), plan.window(), (file, vouched) -> Optional.of(trace));
        return sample.figure(Metrics.DOWNTIME_OBSERVED).orElseThrow();
    }

    private void at(long millis, JournalEvent event) {
        entries.add(new JournalEntry(entries.size() + 1L, millis * MS, Instant.EPOCH.plusMillis(millis), event));
    }

    private static BenchmarkPlan plan() {
        ParsedPlan parsed = PlanParser.parse("""
                name: test
                hosts: {here: {address: local}, a: {address: local}, b: {address: local}}
                driver: {command: {from: a, to: b, on: here, migrate: 'true', locate: echo a}}
                probes: [{udp: {host: 192.0.2.1, port: 7}}]
                """, PlanFormat.YAML);
        return ((ParsedPlan.Valid) parsed).plan();
    }
}
