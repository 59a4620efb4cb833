package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveCluster.Course;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveDouble;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Kind;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations that work: what is asked of Proxmox VE, and what is read from its answers. */
class ProxmoxDriverTest extends MigrationTestBase {
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

        assertCompletes(withDisks(plan()));
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
    void takesConnectionsAlongIfBothNodesCan(PveRelease release) throws Exception {
        start(release, 1);
        boolean known = release.compareTo(PveRelease.V9_0) >= 0;

        assertCompletes(withConnections(plan()));

        assertThat(api.calls("POST", "/migrate").get(0).form().containsKey("with-conntrack-state"))
                .isEqualTo(known);
        assertThat(heard.evidence.get("task log").contains("migrated 3 conntrack state entries"))
                .isEqualTo(known);
        assertThat(heard.notes)
                .filteredOn(note -> note.contains("Connections of the firewall did not travel along"))
                .hasSize(known ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sabda", "yagra"})
    void leavesConnectionsBehindIfANodeCannotTakeThem(String old) throws Exception {
        start(PveRelease.V9_0, 1);
        cluster.carriers.remove(old);

        assertCompletes(withConnections(plan()));

        assertThat(api.calls("POST", "/migrate").get(0).form()).doesNotContainKey("with-conntrack-state");
        assertThat(heard.notes).anyMatch(note -> note.contains("did not travel along: " + old + " cannot take them"));
    }

    @Test
    void leavesConnectionsBehindIfTheTargetMayNotBeAsked() throws Exception {
        start(PveRelease.V9_0, 1);
        cluster.revoke("/nodes/yagra", "Sys.Audit");

        assertCompletes(withConnections(plan()));

        assertThat(api.calls("POST", "/migrate").get(0).form()).doesNotContainKey("with-conntrack-state");
        assertThat(heard.notes).anyMatch(note -> note.contains("Permission check failed (/nodes/yagra, Sys.Audit)"));
    }

    @ParameterizedTest
    @EnumSource
    void followsTheRealTaskOfAnHaManagedGuest(PveRelease release) throws Exception {
        start(release, 1);
        cluster.haManaged = true;

        assertCompletes(plan());
        assertThat(heard.evidence.get("task log")).startsWith("task started by HA resource agent");
        assertThat(heard.figures.get("downtime.reported").amount()).hasValue(57.0);
    }

    @ParameterizedTest
    @EnumSource
    void renewsAnExpiredTicketAmidAMigration(PveRelease release) throws Exception {
        start(release, 1);
        asRoot();
        heard.onPhase = phase -> api.expireTickets();

        assertCompletes(plan());
        assertThat(api.calls("POST", "/access/ticket")).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @EnumSource
    void reportsRaisedLimits(PveRelease release) throws Exception {
        start(release, 1);
        cluster.course = Course.CONVERGES_LATE;

        assertCompletes(plan());
        assertThat(heard.notes).anyMatch(note -> note.contains("from 100 ms to 400 ms"));
        assertThat(heard.figures.get("dirtyRate")).isInstanceOf(Figure.Measured.class);
    }

    @Test
    void takesWarningsForSuccess() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.course = Course.WORKS_WITH_WARNINGS;

        assertCompletes(plan());
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
