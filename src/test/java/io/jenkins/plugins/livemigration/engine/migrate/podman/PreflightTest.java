package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest {
    private static final String FACTS = """
            uid=0
            kernel=6.12.48
            architecture=x86_64
            podman=5.4.2
            criu=4.2.1
            criuCheck=yes
            memoryTracking=no
            runtime=runc
            nft=yes
            rsync=yes
            flock=yes
            ss=yes
            ip=yes
            ssh=yes
            arping=yes
            stagingFree=1000000
            stagingType=tmpfs
            stagingWritable=yes
            nic=eth0
            nicThere=yes
            """;
    private static final String CONTAINER = """
            [{"Id":"12ab","Name":"web","State":{"Status":"running","Pid":7},"Image":"cafe","ImageName":"localhost/web:1",
            "OCIRuntime":"runc","Pod":"","HostConfig":{"NetworkMode":"host","AutoRemove":false,"RestartPolicy":{"Name":"no"}},
            "Config":{"Labels":null},"NetworkSettings":{"Networks":{}},
            "Mounts":[{"Type":"bind","Source":"/srv/data"}]}]
            """;
    private static final String LOOK = "if cd /run/lmb/";
    private static final String INSPECT = "podman container inspect web";
    private static final String NEEDS = "podman image exists";
    private static final String FACT_SCRIPT = "say uid";

    private final FakeHost a = new FakeHost("a");
    private final FakeHost b = new FakeHost("b");
    private PodmanPlan.Strategy strategy = PodmanPlan.Strategy.STOP_AND_COPY;

    PreflightTest() {
        for (FakeHost host : List.of(a, b)) {
            host.says(FACT_SCRIPT, FACTS)
                    .says(INSPECT, CONTAINER)
                    .says("VmRSS", "20000\n")
                    .says("arping -q -D", "");
        }
        a.says(LOOK, "container web 12ab running 7 no\naddress\nend\n");
        b.says(LOOK, "container web - absent 0 no\nend\n").says(NEEDS, "image\nruntime runc\n");
    }

    private List<Finding> preflight() throws InterruptedException {
        PodmanPlan plan = new PodmanPlan(
                "a",
                "b",
                List.of("web"),
                strategy,
                "none",
                "/dev/shm/lmb",
                List.of("/srv/data"),
                new DriverPlan.Traffic.FloatingAddress("10.0.0.100/24", "eth0"),
                true,
                3);
        Hosts hosts = new Hosts() {
            @Override
            public Host host(String name) {
                return name.equals("a") ? a : b;
            }

            @Override
            public Collection<Host> all() {
                return List.of(a, b);
            }

            @Override
            public void close() {}
        };
        return new PodmanDriver(plan, Map.of("a", host("a"), "b", host("b")), hosts, () -> hosts).preflight(true);
    }

    private static HostPlan host(String name) {
        return new HostPlan(
                name,
                "10.0.0." + name.length(),
                22,
                "root",
                Optional.empty(),
                Optional.empty(),
                new HostPlan.HostKey.KnownHosts("known_hosts"),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
    }

    private List<String> found(Finding.Severity severity) throws InterruptedException {
        return preflight().stream()
                .filter(finding -> finding.severity() == severity)
                .map(finding ->
                        finding.where() + " " + finding.problem().key().replace("migrate/podman.preflight.", ""))
                .toList();
    }

    @Test
    void findsNothingWhereAllIsWell() throws InterruptedException {
        assertThat(preflight())
                .noneSatisfy(finding -> assertThat(finding.severity()).isNotEqualTo(Finding.Severity.OK));
    }

    @ParameterizedTest
    @CsvSource({
        "uid=0, uid=1000, notRoot",
        "podman=5.4.2, podman=, podmanMissing",
        "podman=5.4.2, podman=4.2.9, podmanTooOld",
        "criu=4.2.1, criu=, criuMissing",
        "criu=4.2.1, criu=3.10, criuTooOld",
        "criuCheck=yes, criuCheck=no, criuCheckFails",
        "nft=yes, nft=no, toolMissing",
        "rsync=yes, rsync=no, toolMissing",
        "flock=yes, flock=no, toolMissing",
        "arping=yes, arping=no, toolMissing",
        "stagingWritable=yes, stagingWritable=no, stagingNotWritable",
        "stagingFree=1000000, stagingFree=20000, stagingTooSmall",
        "nicThere=yes, nicThere=no, noDevice"
    })
    void refusesAHostThatLacksSomething(String well, String ill, String expected) throws InterruptedException {
        b.says(FACT_SCRIPT, FACTS.replace(well, ill));

        assertThat(found(Finding.Severity.ERROR)).containsExactly("b " + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"AutoRemove\":false', '\"AutoRemove\":true', autoRemove",
        "'\"Labels\":null', '\"Labels\":{\"PODMAN_SYSTEMD_UNIT\":\"web.service\"}', systemdUnit",
        "'\"Name\":\"no\"', '\"Name\":\"always\"', restartPolicy",
        "'\"Labels\":null', '\"Healthcheck\":{\"Test\":[\"CMD\",\"true\"]}', healthCheck",
        "'\"Pod\":\"\"', '\"Pod\":\"77\"', inPod",
        "'\"OCIRuntime\":\"runc\"', '\"OCIRuntime\":\"kata\"', runtimeUnknown",
        "'\"Type\":\"bind\",\"Source\":\"/srv/data\"', '\"Type\":\"volume\",\"Name\":\"v\"', namedVolume"
    })
    void refusesAContainerThatWouldNotStayWhereItIsPut(String well, String ill, String expected)
            throws InterruptedException {
        a.says(INSPECT, CONTAINER.replace(well, ill));

        assertThat(found(Finding.Severity.ERROR)).contains("a " + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'runtime runc', imageMissing",
        "'image,runtime runc,name', nameTaken",
        "'image', runtimeMissing",
        "'image,runtime runc,network lan', networkMissing",
        "'image,runtime runc,directory /srv/other', directoryMissing"
    })
    void refusesADestinationThatLacksWhatTheContainerNeeds(String answer, String expected) throws InterruptedException {
        b.says(NEEDS, answer.replace(",", "\n"));

        assertThat(found(Finding.Severity.ERROR)).containsExactly("b " + expected);
    }

    @Test
    void saysThatAHostCannotBeReachedAndStillChecksTheOther() throws InterruptedException {
        a.says(FACT_SCRIPT, FACTS.replace("uid=0", "uid=1"));
        b.vanishes();

        assertThat(found(Finding.Severity.ERROR)).containsExactly("b unreachable", "a notRoot");
    }

    @Test
    void saysThatTheHostsCannotReachEachOther() throws InterruptedException {
        a.fails("BatchMode=yes", "Permission denied (publickey).");

        assertThat(found(Finding.Severity.ERROR)).containsExactly("a noLink");
    }

    @Test
    void refusesAnUnfinishedMigration() throws InterruptedException {
        b.says(LOOK, """
                container web - absent 0 no
                record token=t
                record from=a
                record to=b
                record staging=/s
                record container.web=12ab
                stage prepared
                end
                """);

        assertThat(found(Finding.Severity.ERROR)).containsExactly("b unfinished");
    }

    @Test
    void refusesAnAddressThatIsOnBothHosts() throws InterruptedException {
        b.says(LOOK, "container web - absent 0 no\naddress\nend\n");

        assertThat(found(Finding.Severity.ERROR)).containsExactly("a, b addressTwice");
    }

    @Test
    void refusesAnAddressThatAThirdMachineAnswersFor() throws InterruptedException {
        a.says(LOOK, "container web 12ab running 7 no\nend\n");
        b.fails("arping -q -D", "");
        a.fails("arping -q -D", "");

        assertThat(found(Finding.Severity.ERROR)).containsExactly("a addressElsewhere", "a addressMissing");
    }

    @Test
    void warnsThatVersionsDifferAndNamesThem() throws InterruptedException {
        b.says(FACT_SCRIPT, FACTS.replace("kernel=6.12.48", "kernel=6.1.0"));

        assertThat(preflight())
                .filteredOn(finding -> finding.severity() == Finding.Severity.WARNING)
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem().toString())
                        .isEqualTo("kernel differs: a has 6.12.48, b has 6.1.0"));
    }

    @Test
    void saysThatPreCopyIsNotSupportedWhereTheKernelTracksNoMemory() throws InterruptedException {
        strategy = PodmanPlan.Strategy.PRE_COPY;

        assertThat(found(Finding.Severity.NOT_SUPPORTED)).containsExactly("a noMemoryTracking", "b noMemoryTracking");
    }

    @Test
    void touchesNothing() throws InterruptedException {
        preflight();

        assertThat(a.commands)
                .isNotEmpty()
                .noneMatch(command -> command.contains("checkpoint --")
                        || command.contains("container restore")
                        || command.contains("podman rm")
                        || command.contains("container rm")
                        || command.contains("ip address")
                        || command.contains("nft -f"));
    }
}
