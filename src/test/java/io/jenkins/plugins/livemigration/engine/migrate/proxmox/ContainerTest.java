package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveCluster.Course;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Kind;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Restart migration of containers through the API. */
class ContainerTest extends MigrationTestBase {
    @ParameterizedTest
    @EnumSource
    void restartsOutAndBack(PveRelease release) throws Exception {
        MigrationDriver driver = driver(release);

        assertThat(driver.preflight(true)).extracting(Finding::severity).containsOnly(Finding.Severity.OK);
        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(driver.locate()).isEqualTo(new Whereabouts.RunningOn("yagra"));
        assertThat(driver.migrate("yagra", "sabda", new Heard(), cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);

        assertThat(api.calls("POST", "/migrate").get(0).form())
                .isEqualTo(Map.of(
                        "target", "yagra",
                        "restart", "1",
                        "timeout", "240",
                        "target-storage", "local-lvm",
                        "bwlimit", "2000"));
        assertThat(release.containerParameters()
                        .objections(api.calls("POST", "/migrate").get(1).form()))
                .isEmpty();
        assertThat(heard.phases).contains("shutdown", "local-disks", "start");
        assertThat(heard.figures.get("downtime.reported")).isInstanceOfSatisfying(Figure.Measured.class, downtime -> {
            assertThat(downtime.value()).isEqualTo(35_000.0);
            assertThat(downtime.lower()).isEqualTo(34_000.0);
        });
        assertThat(cluster.processes).isEqualTo(Map.of("sabda", "running"));
        assertThat(cluster.ranTwice).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void waitsForTheHaManagerToStartIt(PveRelease release) throws Exception {
        MigrationDriver driver = driver(release);
        cluster.haManaged = true;

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);

        assertThat(driver.locate()).isEqualTo(new Whereabouts.RunningOn("yagra"));
        assertThat(heard.evidence.get("task log")).doesNotContain("start container");
        assertThat(heard.figures.get("downtime.reported")).isInstanceOf(Figure.Absent.class);
        assertThat(heard.figures.get("migrationTime.platform"))
                .isInstanceOfSatisfying(
                        Figure.Measured.class,
                        time -> assertThat(time.source().orElseThrow().toString())
                                .startsWith("the guest was seen to run at its new place"));
        assertThat(cluster.processes).isEqualTo(Map.of("yagra", "running"));
    }

    @Test
    void isHeldByHaRulesWhereTheyForbidTheOtherNode() throws Exception {
        MigrationDriver driver = driver(PveRelease.V9_2);
        cluster.extras.put("GET /nodes/sabda/lxc/100/migrate", new ObjectMapper().readTree("""
                        {"running":1,"not-allowed-nodes":{"yagra":{
                         "blocking-ha-resources":[{"sid":"ct:101","cause":"resource-affinity"}]}}}"""));

        assertThat(driver.preflight(true))
                .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem().toString()).contains("ct:101 (resource-affinity)"));
    }

    @ParameterizedTest
    @EnumSource
    void isStartedWhereItWasIfTheCopyingFails(PveRelease release) throws Exception {
        MigrationDriver driver = driver(release);
        cluster.course = Course.TARGET_DIES;

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOfSatisfying(MigrationOutcome.Failed.class, failed -> {
                    assertThat(failed.stage()).isEqualTo("local-disks");
                    assertThat(failed.cause().toString())
                            .isEqualTo("migration aborted: storage migration for 'local-lvm:vm-100-disk-0' failed -"
                                    + " exit code 255");
                    assertThat(failed.whereabouts()).isEqualTo(AT_HOME);
                });
        assertThat(heard.figures.get("downtime.reported")).isInstanceOf(Figure.Absent.class);
        assertThat(cluster.processes).isEqualTo(Map.of("sabda", "running"));
    }

    @ParameterizedTest
    @EnumSource
    void isStartedWhereItWasWhenCancelled(PveRelease release) throws Exception {
        MigrationDriver driver = driver(release);
        cluster.course = Course.HANGS;
        heard.onPhase = phase -> cancellation.request();

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .isEqualTo(new MigrationOutcome.Cancelled(AT_HOME));
        assertThat(heard.evidence.get("task log")).contains("start container on source node");
        assertThat(cluster.processes).isEqualTo(Map.of("sabda", "running"));
    }

    @ParameterizedTest
    @EnumSource
    void staysStoppedIfTheTargetCannotStartIt(PveRelease release) throws Exception {
        MigrationDriver driver = driver(release);
        cluster.course = Course.RESUME_FAILS;

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOfSatisfying(MigrationOutcome.Failed.class, failed -> {
                    assertThat(failed.stage()).isEqualTo("start");
                    assertThat(failed.whereabouts()).isInstanceOf(Whereabouts.NotRunning.class);
                });
        assertThat(heard.notes)
                .anyMatch(note -> note.contains("On yagra, guest 100 is stopped") && note.contains("pct start 100"));
        assertThat(cluster.processes).as("nothing is started by itself").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void listsWhatAKilledTaskHasLeft(PveRelease release) throws Exception {
        MigrationDriver driver = driver(release);
        cluster.course = Course.TASK_KILLED;

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation)).isInstanceOf(MigrationOutcome.Failed.class);

        Recovery recovery = driver.recover();
        assertThat(recovery.whereabouts()).isInstanceOf(Whereabouts.NotRunning.class);
        assertThat(recovery.actions().toString())
                .contains("pct unlock 100")
                .contains("pct start 100")
                .contains("pvesm free local-lvm:vm-100-disk-0");
        assertThat(cluster.lock).as("nothing is unlocked by itself").isEqualTo("migrate");
    }

    private MigrationDriver driver(PveRelease release) throws Exception {
        start(release, 1);
        cluster.type = "lxc";
        ProxmoxPlan plan = plan();
        return driver(new ProxmoxPlan(
                plan.from(),
                plan.to(),
                plan.access(),
                plan.vmid(),
                Kind.LXC,
                false,
                Optional.of("local-lvm"),
                Optional.of(2000),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Duration.ofMinutes(4)));
    }
}
