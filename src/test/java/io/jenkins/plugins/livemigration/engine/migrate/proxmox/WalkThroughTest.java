package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.Engine;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveDouble;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.observe.SystemProbes;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.plan.WorkloadPlan;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.remote.Credentials.Credential;
import io.jenkins.plugins.livemigration.engine.remote.PlanHosts;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/proxmox.md leads through: the roles that it creates suffice and no less does, and its ready plans hold. */
class WalkThroughTest extends ApiTestBase {
    private static final Path DOCS = Path.of(System.getProperty("lmb.home", "."), "docs");

    @ParameterizedTest
    @ValueSource(strings = {"proxmox-game.yaml", "proxmox-offline-video.yaml"})
    void theStudysScenariosAreReadyPlans(String file) throws Exception {
        start(PveRelease.V8_4, 1);
        String text = Files.readString(DOCS.resolve("examples").resolve(file))
                .replace("https://pve1.example.org:8006", api.urls().get(0))
                .replace("{ca: pve-root-ca.pem}", "{fingerprints: [\"" + certificate.fingerprint() + "\"]}");

        ParsedPlan.Valid parsed = (ParsedPlan.Valid) PlanParser.parse(text, PlanFormat.YAML);

        BenchmarkPlan plan = parsed.plan();
        assertThat(plan.samples() * 2).as("to and fro").isEqualTo(30);
        WorkloadPlan workload = plan.scenarios().get(0).workload().orElseThrow();
        assertThat(workload.toString()).contains("systemd-run", "systemctl stop");
        assertThat(plan.scenarios().get(0).probes())
                .anySatisfy(probe -> assertThat(probe).isInstanceOfSatisfying(ProbePlan.Udp.class, udp -> {
                    assertThat(udp.primary()).isTrue();
                    assertThat(udp.interval()).isEqualTo(Duration.ofMillis(10));
                }));
        assertThat(plan.thresholds()).hasSizeGreaterThanOrEqualTo(3);
        Credentials credentials = name -> name.equals("pve-token")
                ? Optional.of(new Credential.SecretText(Optional.empty(), PveDouble.TOKEN))
                : Optional.empty();
        try (PlanHosts hosts = new PlanHosts(Map.of(), credentials)) {
            Map<String, List<Finding>> findings =
                    new Engine(parsed, hosts, () -> hosts, credentials, new SystemProbes(), "tester@here").check();
            assertThat(findings).hasSize(1);
            assertThat(findings.values().iterator().next())
                    .isNotEmpty()
                    .extracting(Finding::severity)
                    .containsOnly(Severity.OK);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRolesThatItCreatesSuffice(PveRelease release) throws Exception {
        start(release, 1);
        grantWhatThePageGrants();
        MigrationDriver driver = driver(withDisks(plan()));

        assertThat(driver.preflight(true)).extracting(Finding::severity).containsOnly(Severity.OK);
        LeaseStore.Attempt lease = driver.leases().acquire("ann@build, run 1", Duration.ofMinutes(1));
        assertThat(lease).isInstanceOf(LeaseStore.Held.class);
        assertThat(driver.environment().get("yagra")).containsKey("pve-qemu-kvm");
        for (List<String> way : List.of(List.of("sabda", "yagra"), List.of("yagra", "sabda"))) {
            assertThat(driver.migrate(way.get(0), way.get(1), new Heard(), new Cancellation()))
                    .isInstanceOf(MigrationOutcome.Completed.class);
        }
        driver.leases().release((LeaseStore.Held) lease);
        assertThat(cluster.description).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "VM.Migrate, /vms/100",
        "VM.Audit, /vms/100",
        "VM.Config.Options, /vms/100",
        "VM.Config.Disk, /vms/100",
        "Datastore.AllocateSpace, /storage/local-lvm"
    })
    void noneOfThemCanBeLeftOut(String privilege, String path) throws Exception {
        start(PveRelease.V9_0, 1);
        grantWhatThePageGrants();
        cluster.revoke(path, privilege);

        assertThat(driver(withDisks(plan())).preflight(true))
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .anySatisfy(finding -> assertThat(finding.problem().toString())
                        .isEqualTo("ci@pve!jenkins lacks " + privilege + " on " + path + "."));
    }

    private void grantWhatThePageGrants() throws IOException {
        String page = Files.readString(DOCS.resolve("proxmox.md"));
        cluster.privileges.clear();
        cluster.grant("/vms/100", role(page, "LmbMigrate"));
        cluster.grant("/storage/local-lvm", role(page, "LmbStorage"));
        assertThat(page).contains("pveum acl modify / --users ci@pve --roles PVEAuditor");
        for (String path : List.of("/", "/nodes/sabda", "/nodes/yagra")) {
            cluster.grant(path, "Sys.Audit");
        }
    }

    private static String[] role(String page, String name) {
        Matcher line = Pattern.compile("pveum role add " + name + " --privs \"([^\"]+)\"")
                .matcher(page);
        assertThat(line.find()).as(name).isTrue();
        return Arrays.stream(line.group(1).split(" ", -1)).toArray(String[]::new);
    }
}
