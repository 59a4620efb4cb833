package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveCluster.Course;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Migrations that are ended by force: by the reader, by their limit of time, or by the death of the engine. */
class CancelledMigrationTest extends MigrationTestBase {
    @ParameterizedTest
    @EnumSource
    void cancels(PveRelease release) throws Exception {
        start(release, 1);
        cluster.course = Course.HANGS;
        heard.onPhase = phase -> {
            if (phase.equals("ram")) {
                cancellation.request();
            }
        };

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isEqualTo(new MigrationOutcome.Cancelled(AT_HOME));
        assertThat(cluster.lock).isEmpty();
        assertThat(heard.evidence.get("task log")).contains("interrupted by signal");
    }

    @ParameterizedTest
    @EnumSource
    void stopsAnHaMigrationWithSysModify(PveRelease release) throws Exception {
        start(release, 1);
        cluster.haManaged = true;
        cluster.course = Course.HANGS;
        cluster.grant("/nodes/sabda", "Sys.Modify");
        heard.onPhase = phase -> {
            if (phase.equals("ram")) {
                cancellation.request();
            }
        };

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isEqualTo(new MigrationOutcome.Cancelled(AT_HOME));
        assertThat(heard.evidence.get("task log")).contains("interrupted by signal");
        assertThat(cluster.processes).isEqualTo(Map.of("sabda", "running"));
    }

    @Test
    void namesThePrivilegeToStopAnHaMigration() throws Exception {
        start(PveRelease.V9_0, 1);
        cluster.haManaged = true;
        cluster.course = Course.HANGS;
        heard.onPhase = phase -> cancellation.request();

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOfSatisfying(
                        MigrationOutcome.Cancelled.class,
                        cancelled -> assertThat(cancelled.whereabouts()).isInstanceOf(Whereabouts.Unknown.class));
        assertThat(heard.notes).anyMatch(note -> note.contains("Sys.Modify on /nodes/sabda"));
    }

    @Test
    void doesNotWaitForEverForATaskThatDoesNotStop() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.course = Course.HANGS_FOR_EVER;
        heard.onPhase = phase -> cancellation.request();

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOfSatisfying(
                        MigrationOutcome.Cancelled.class,
                        cancelled -> assertThat(cancelled.whereabouts()).isInstanceOf(Whereabouts.Unknown.class));
    }

    @Test
    void endsAMigrationThatNeverEnds() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.course = Course.HANGS;
        Pace hurried = new Pace(
                QUICK.poll(),
                QUICK.laterPoll(),
                QUICK.retry(),
                QUICK.patience(),
                Duration.ofMillis(300),
                QUICK.lost(),
                QUICK.ha(),
                QUICK.stop(),
                QUICK.confirm(),
                QUICK.recovery());

        assertThat(driver(plan(), hurried).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOfSatisfying(MigrationOutcome.Failed.class, failed -> {
                    assertThat(failed.cause().toString()).contains("interrupted by signal");
                    assertThat(failed.whereabouts()).isEqualTo(AT_HOME);
                });
    }

    @Test
    void waitsForAMigrationThatADeadEngineBegan() throws Exception {
        start(PveRelease.V8_4, 1);
        MigrationDriver first = driver(plan());
        cluster.course = Course.HANGS;
        heard.onPhase = phase -> {
            throw new IllegalStateException("the engine dies");
        };
        try {
            first.migrate("sabda", "yagra", heard, cancellation);
        } catch (IllegalStateException dead) {
            assertThat(driver(plan()).locate()).isInstanceOf(Whereabouts.Unknown.class);
        }

        Recovery recovery = driver(plan()).recover();

        assertThat(recovery.whereabouts()).isInstanceOf(Whereabouts.Unknown.class);
        assertThat(recovery.actions()).isNotEmpty();
    }
}
