package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveCluster.Course;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Migrations that Proxmox VE refuses or that break down: what is said of each, and where the guest is then. */
class FailedMigrationTest extends MigrationTestBase {
    @Test
    void saysWhichPrivilegeHidesAnHaTask() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.haManaged = true;
        cluster.revoke("/nodes/sabda", "Sys.Audit");

        assertFailed("request", "Sys.Audit on /nodes/sabda");
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhyAParameterWasRefused(PveRelease release) throws Exception {
        start(release, 1);
        MigrationDriver driver =
                driver(with(plan(), Kind.QEMU, false, Optional.empty(), Optional.of("because"), Optional.empty()));

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOfSatisfying(MigrationOutcome.Failed.class, failed -> {
                    assertThat(failed.cause().toString())
                            .contains("Parameter verification failed.; force: Only root may use this option.");
                    assertThat(failed.whereabouts()).isEqualTo(AT_HOME);
                });
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhichPrivilegeIsMissing(PveRelease release) throws Exception {
        start(release, 1);
        cluster.revoke("/vms/100", "VM.Migrate");

        assertFailed("request", "Permission check failed (/vms/100, VM.Migrate)");
        assertThat(driver(plan()).locate()).isEqualTo(AT_HOME);
    }

    @ParameterizedTest
    @EnumSource
    void failsOnALockedGuest(PveRelease release) throws Exception {
        start(release, 1);
        cluster.lock = "backup";

        assertFailed("request", "VM is locked (backup)");
        assertThat(heard.notes).anyMatch(note -> note.contains("guest 100 is locked (backup)"));
    }

    @ParameterizedTest
    @EnumSource
    void doesNotGetInWithAWrongToken(PveRelease release) throws Exception {
        start(release, 1);
        secret = "ci@pve!jenkins=wrong";

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOfSatisfying(
                        MigrationOutcome.Failed.class,
                        failed -> assertThat(failed.whereabouts())
                                .isInstanceOfSatisfying(
                                        Whereabouts.Unknown.class,
                                        unknown -> assertThat(unknown.detail().toString())
                                                .contains("invalid token value!")));
        assertThat(heard.requests).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void survivesATargetThatDies(PveRelease release) throws Exception {
        start(release, 1);
        cluster.course = Course.TARGET_DIES;

        assertFailed("ram", "Broken pipe");
        assertThat(driver(plan()).locate()).isEqualTo(AT_HOME);
    }

    @Test
    void namesTheSideThatRefused() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.course = Course.TARGET_TOO_OLD;

        assertFailed("prepare", "node yagra says: Installed QEMU version '8.1.2' is too old");
    }

    @ParameterizedTest
    @EnumSource
    void listsWhatAKilledTaskHasLeft(PveRelease release) throws Exception {
        start(release, 1);
        cluster.course = Course.TASK_KILLED;

        assertFailed("ram", "unexpected status");
        assertThat(heard.notes)
                .anyMatch(note -> note.contains("guest 100 is locked (migrate)") && note.contains("qm unlock 100"))
                .anyMatch(note -> note.contains("pvesm free local-lvm:vm-100-disk-0"));
        Recovery recovery = driver(plan()).recover();
        assertThat(recovery.whereabouts()).isEqualTo(AT_HOME);
        assertThat(recovery.actions()).hasSize(2);
        assertThat(cluster.lock).as("nothing is unlocked by itself").isEqualTo("migrate");
    }

    @Test
    void aDowntimeInTheLogMakesNoSuccess() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.course = Course.RESUME_FAILS;

        assertFailed("switch-over", "VM 100 not running");
        assertThat(heard.figures.get("downtime.reported").amount()).hasValue(57.0);
        assertThat(heard.notes).anyMatch(note -> note.contains("qm resume 100"));
        assertThat(cluster.qmpstatus).as("nothing is resumed by itself").isEqualTo("paused");
    }
}
