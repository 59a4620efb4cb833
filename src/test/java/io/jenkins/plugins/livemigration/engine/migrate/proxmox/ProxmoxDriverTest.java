package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveCluster.Course;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveDouble;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveDouble.Trouble;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Kind;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProxmoxDriverTest extends ApiTestBase {
    private static final Whereabouts AT_HOME = new Whereabouts.RunningOn("sabda");
    private static final Whereabouts AWAY = new Whereabouts.RunningOn("yagra");

    private final Heard heard = new Heard();
    private final Cancellation cancellation = new Cancellation();

    @ParameterizedTest
    @EnumSource
    void movesOutAndBack(PveRelease release) throws Exception {
        start(release, 1);
        MigrationDriver driver = driver(plan());

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(driver.locate()).isEqualTo(AWAY);
        assertThat(heard.requests).isEqualTo(1);
        assertThat(heard.phases).containsExactly("prepare", "/prepare", "ram", "/ram", "switch-over", "/switch-over");
        assertThat(heard.marks).containsExactly(Mark.Kind.SOURCE_STOPPED, Mark.Kind.CONFIRMED);
        assertThat(heard.figures.get("downtime.reported").amount()).hasValue(57.0);
        assertThat(heard.figures.get("bytes.ram"))
                .isInstanceOf(release == PveRelease.V7_4 ? Figure.AtLeast.class : Figure.Measured.class);
        assertThat(heard.figures.get("migrationTime.platform")).isInstanceOfSatisfying(Figure.Measured.class, time -> {
            assertThat(time.lower()).isLessThanOrEqualTo(time.value());
            assertThat(time.source()).isPresent();
        });
        assertThat(heard.evidence.get("task log")).contains("downtime 57 ms").endsWith("TASK OK\n");

        assertThat(driver.migrate("yagra", "sabda", new Heard(), cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(driver.locate()).isEqualTo(AT_HOME);
    }

    @ParameterizedTest
    @EnumSource
    void mirrorsLocalDisks(PveRelease release) throws Exception {
        start(release, 1);

        assertThat(driver(withDisks(plan())).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(heard.phases).contains("local-disks", "/local-disks");
        assertThat(heard.figures.get("bytes.disk")).isInstanceOf(Figure.AtLeast.class);
        assertThat(api.calls("POST", "/migrate").get(0).form())
                .isEqualTo(Map.of(
                        "target", "yagra", "online", "1", "with-local-disks", "1", "targetstorage", "local-lvm"));
    }

    @ParameterizedTest
    @EnumSource
    void sendsPublishedParametersOnly(PveRelease release) throws Exception {
        start(release, 1);
        asRoot();
        ProxmoxPlan plan = plan();
        ProxmoxPlan all = new ProxmoxPlan(
                plan.from(),
                plan.to(),
                plan.access(),
                100,
                Kind.QEMU,
                true,
                Optional.of("a1:b1,c1:d1"),
                Optional.of(1000),
                Optional.of("10.0.0.0/24"),
                Optional.of("why"),
                Optional.of("why"),
                true,
                plan.shutdownTimeout());
        MigrationDriver driver = driver(all);

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(driver.migrate("yagra", "sabda", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);

        Map<String, String> out = api.calls("POST", "/migrate").get(0).form();
        assertThat(release.migrationParameters().names()).isEqualTo(out.keySet());
        assertThat(out).containsEntry("migration_type", "insecure").containsEntry("targetstorage", "a1:b1,c1:d1");
        assertThat(api.calls("POST", "/migrate").get(1).form()).containsEntry("targetstorage", "b1:a1,d1:c1");
        assertThat(heard.notes).anyMatch(note -> note.contains("insecure transport"));
    }

    @ParameterizedTest
    @EnumSource
    void followsTheRealTaskOfAnHaManagedGuest(PveRelease release) throws Exception {
        start(release, 1);
        cluster.haManaged = true;

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(heard.evidence.get("task log")).startsWith("task started by HA resource agent");
        assertThat(heard.figures.get("downtime.reported").amount()).hasValue(57.0);
    }

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
    void renewsAnExpiredTicketAmidAMigration(PveRelease release) throws Exception {
        start(release, 1);
        asRoot();
        heard.onPhase = phase -> api.expireTickets();

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(api.calls("POST", "/access/ticket")).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @EnumSource
    void reportsRaisedLimits(PveRelease release) throws Exception {
        start(release, 1);
        cluster.course = Course.CONVERGES_LATE;

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(heard.notes).anyMatch(note -> note.contains("from 100 ms to 400 ms"));
        assertThat(heard.figures.get("dirtyRate")).isInstanceOf(Figure.Measured.class);
    }

    @Test
    void takesWarningsForSuccess() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.course = Course.WORKS_WITH_WARNINGS;

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
    }

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

    @ParameterizedTest
    @EnumSource
    void findsTheTaskWhenTheAnswerToTheRequestIsLost(PveRelease release) throws Exception {
        start(release, 1);
        api.trouble("POST", "/migrate", Trouble.CUT_AFTER, 1);

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(api.calls("POST", "/migrate")).hasSize(1);
        assertThat(heard.notes).anyMatch(note -> note.contains("The answer to the request was lost"));
    }

    @ParameterizedTest
    @EnumSource
    void doesNotTakeASilentProxyForAFailedMigration(PveRelease release) throws Exception {
        start(release, 1);
        api.trouble("POST", "/migrate", Trouble.NOT_CONNECTED, 1);
        api.trouble("GET", "/status", Trouble.PROXY_TIMED_OUT, 2);
        api.trouble("GET", "/log", Trouble.CUT_BEFORE, 1);
        api.trouble("GET", "/status", Trouble.SLOW, 1);

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(api.calls("POST", "/migrate")).hasSize(1);
    }

    @Test
    void takesABrokenAnswerForNone() throws Exception {
        start(PveRelease.V8_4, 1);
        api.trouble("POST", "/migrate", Trouble.BROKEN, 1);
        api.trouble("GET", "/status", Trouble.BROKEN, 3);
        api.trouble("GET", "/resources", Trouble.BROKEN, 1);

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(api.calls("POST", "/migrate")).hasSize(1);
    }

    @Test
    void aRequestThatNeverArrivedIsAFailureAtHome() throws Exception {
        start(PveRelease.V8_4, 1);
        api.trouble("POST", "/migrate", Trouble.CUT_BEFORE, 1);

        assertFailed("request", "did not begin");
        assertThat(driver(plan()).locate()).isEqualTo(AT_HOME);
    }

    @Test
    void goesOnAtAnotherEndPointWhenOneDies() throws Exception {
        start(PveRelease.V8_4, 3);
        heard.onPhase = phase -> api.kill(phase.equals("prepare") ? 0 : 1);

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
    }

    @Test
    void isUnknownWhenTheClusterIsOutOfSight() throws Exception {
        start(PveRelease.V8_4, 1);
        heard.onPhase = phase -> api.kill(0);

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOfSatisfying(
                        MigrationOutcome.Failed.class,
                        failed -> assertThat(failed.whereabouts())
                                .isInstanceOfSatisfying(
                                        Whereabouts.Unknown.class,
                                        unknown -> assertThat(unknown.detail().toString())
                                                .contains("lmb recover")));
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

    private void assertFailed(String stage, String cause) throws Exception {
        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOfSatisfying(MigrationOutcome.Failed.class, failed -> {
                    assertThat(failed.cause().toString()).contains(cause);
                    assertThat(failed.stage()).isEqualTo(stage);
                });
    }

    @Test
    void theSecretShowsNowhere() throws Exception {
        start(PveRelease.V8_4, 1);
        MigrationDriver driver = driver(plan());
        driver.migrate("sabda", "yagra", heard, cancellation);

        String uuid = PveDouble.TOKEN.substring(PveDouble.TOKEN.indexOf('=') + 1);
        assertThat(heard.evidence.toString() + heard.notes + driver.preflight(true) + driver.environment())
                .doesNotContain(uuid);
    }
}
