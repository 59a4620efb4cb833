package io.jenkins.plugins.livemigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a run does about a workload that somebody else holds. */
class LeasedRunTest extends RunTestBase {
    @Test
    void saysWhoHoldsTheLeaseAndMovesNothing() throws Exception {
        isHeld(false);

        RunResult result = run("samples: 1");

        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.INFRASTRUCTURE);
        assertThat(result.end().reason().toString()).contains("somebody@else").contains("host-a");
        assertThat(platform.moves).isEmpty();
        assertThat(platform.leases.holder).as("not taken from its holder").isPresent();
    }

    @Test
    void saysThatALeaseCouldNotBeGivenBack() throws Exception {
        platform.leases.unreleasable = Optional.of("host-a: the line dropped");

        RunResult result = run("samples: 1\nwarmup: 0");

        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        assertThat(result.notes())
                .filteredOn(note -> note.key().equals("engine.leaseKept"))
                .singleElement()
                .satisfies(note -> assertThat(note.toString()).contains("host-a: the line dropped"));
    }

    @Test
    void waitsForAWorkloadThatAnotherRunHolds() throws Exception {
        isHeld(false);
        // The run looks, meets the holder, and the holder goes.
        platform.leases.whenLookedAt = () -> platform.leases.holder = Optional.empty();

        RunResult result = run("samples: 1\nwarmup: 0\nwaitForWorkload: 1 min");

        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        assertThat(result.notes())
                .filteredOn(note -> note.key().equals("engine.leaseAwaited"))
                .singleElement()
                .satisfies(note -> assertThat(note.toString()).contains("somebody@else"));
        assertThat(platform.moves).containsExactly("a>b", "b>a");
    }

    @Test
    void doesNotWaitLongerThanThePlanAllows() throws Exception {
        isHeld(false);

        RunResult result = run("samples: 1\nwaitForWorkload: 50 ms");

        assertThat(result.end().reason().key()).isEqualTo("engine.leaseRefused");
        assertThat(platform.moves).isEmpty();
        assertThat(platform.leases.holder).as("not taken from its holder").isPresent();
    }

    @Test
    void waitsAgainWhenSomebodyElseIsQuicker() throws Exception {
        LeaseStore.Holder quicker = new LeaseStore.Holder("host-a", "quicker@else", Optional.empty(), false);
        platform.leases.beforeAcquiring.add(() -> platform.leases.holder = Optional.of(quicker));
        platform.leases.beforeAcquiring.add(() -> {});
        platform.leases.whenLookedAt = () -> platform.leases.holder = Optional.empty();

        RunResult result = run("samples: 1\nwarmup: 0\nwaitForWorkload: 1 min");

        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        assertThat(platform.leases.acquired).isEqualTo(1);
    }

    @Test
    void stopsWaitingWhenAskedTo() throws Exception {
        isHeld(false);
        platform.leases.whenLookedAt = breakOff::request;

        RunResult result = run("samples: 1\nwaitForWorkload: 24 h");

        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.INTERRUPTED);
        assertThat(platform.moves).isEmpty();
    }

    @Test
    void takesTheTracesOfALivingRunForThatAndNotForADeadOne() throws Exception {
        leavesTraces(false);

        RunResult result = run("samples: 1");

        assertThat(result.end().reason().key()).isEqualTo("engine.leaseRefused");
        assertThat(result.end().reason().toString()).contains("somebody@else");
        assertThat(result.findings()).isEmpty();
        assertThat(platform.moves).isEmpty();
    }

    @Test
    void adviceAgainstTheTracesOfADeadRunIsGivenWhenItsLeaseHasExpired() throws Exception {
        leavesTraces(true);

        RunResult result = run("samples: 1");

        assertThat(result.end().reason().key()).isEqualTo("engine.preflightFailed");
        assertThat(result.findings()).hasSize(1);
    }

    private void isHeld(boolean expired) {
        platform.leases.holder =
                Optional.of(new LeaseStore.Holder("host-a", "somebody@else", Optional.empty(), expired));
    }

    /** Somebody holds the workload, and amid a migration. */
    private void leavesTraces(boolean expired) {
        isHeld(expired);
        platform.findings.add(new Finding(
                Finding.Severity.ERROR,
                "host-a",
                Message.literal("a migration is unfinished"),
                Message.literal("recover")));
    }
}
