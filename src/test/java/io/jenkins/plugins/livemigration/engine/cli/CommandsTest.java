package io.jenkins.plugins.livemigration.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.livemigration.engine.migrate.HostLeaseStore;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.remote.PlanHosts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say and refuse, and those that measure nothing. */
class CommandsTest extends CommandLineTestBase {
    @Test
    void saysAllThatIsWrongInAPlanAndTouchesNothing() throws Exception {
        Path plan = Files.writeString(folder.resolve("bad.yaml"), "name: x\nsamples: many\n");

        int exit =
                lmb("run", plan.toString(), "--output", folder.resolve("runs").toString());

        assertThat(exit).isEqualTo(ExitCode.BAD_PLAN.number());
        assertThat(err.toString()).contains("samples").contains("driver");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void saysThatAPlanFileIsMissing() {
        assertThat(lmb("check", folder.resolve("none.yaml").toString())).isEqualTo(ExitCode.BAD_PLAN.number());
        assertThat(err.toString()).contains("none.yaml");
    }

    @Test
    void takesKeysFromTheCommandLine() throws Exception {
        try (PausableEcho service = new PausableEcho()) {
            Path plan = plan(service, 9, "median", "2 s");

            int exit = lmb("check", plan.toString(), "-s", "samples=1", "-s", "name=other", "--plan-only");

            assertThat(exit).as(err.toString()).isZero();
            assertThat(out.toString()).contains("\"other\"").contains("2 moves");
        }
    }

    @Test
    void checkTellsThatTheWorkloadIsNotThere() throws Exception {
        try (PausableEcho service = new PausableEcho()) {
            Path plan = plan(service, 1, "median", "2 s");
            Files.writeString(folder.resolve("place"), "");

            int exit = lmb("check", plan.toString());

            assertThat(exit).isEqualTo(ExitCode.INFRASTRUCTURE.number());
            assertThat(out.toString()).contains("ERROR");
        }
    }

    @Test
    void checkPrintsItsFindingsForAMachineWithTheirTextForPeople() throws Exception {
        try (PausableEcho service = new PausableEcho()) {
            Path plan = plan(service, 1, "median", "2 s");

            int exit = lmb("check", plan.toString(), "--connections", "--json", "--lang", "id");

            assertThat(exit).as(err.toString()).isZero();
            assertThat(out.toString().lines()).hasSize(1);
            JsonNode printed = new ObjectMapper().readTree(out.toString());
            assertThat(printed.path("ok").asBoolean()).isTrue();
            assertThat(printed.findValuesAsText("severity")).isNotEmpty().containsOnly("OK");
            assertThat(printed.path("text").asText()).contains("menjawab sebagaimana mestinya");
        }
    }

    @Test
    void recoversByTheUsersCommand() throws Exception {
        try (PausableEcho service = new PausableEcho()) {
            Path plan = plan(service, 1, "median", "2 s");
            Files.writeString(folder.resolve("place"), "");

            int exit = lmb("recover", plan.toString());

            assertThat(exit).as(out + "\n" + err).isZero();
            assertThat(Files.readString(folder.resolve("place")).strip()).isEqualTo("a");
        }
    }

    @Test
    void aSecondRunOfTheSameWorkloadIsRefusedUntilItIsUnlocked() throws Exception {
        try (PausableEcho service = new PausableEcho()) {
            Path plan = plan(service, 1, "median", "2 s");
            PlanHosts hosts = new PlanHosts(Map.of("a", local("a")), name -> Optional.empty());
            try (hosts) {
                new HostLeaseStore(hosts.all(), List.of("command:cat " + folder.resolve("place")))
                        .acquire("another run", Duration.ofMinutes(5));

                assertThat(run(plan)).isEqualTo(ExitCode.BUSY.number());
                assertThat(lmb("unlock", "--show", plan.toString())).isZero();
                assertThat(out.toString()).contains("another run");
                assertThat(lmb("unlock", plan.toString())).isZero();
                assertThat(run(plan)).as(err.toString()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "check",
                "report",
                "verdict",
                "compare",
                "trend",
                "calibrate",
                "accept",
                "mute",
                "recover",
                "unlock",
                "import",
                "schema",
                "lab",
                "generate-completion"
            })
    void everyCommandExplainsItself(String command) {
        int exit = command.isEmpty() ? lmb("--help") : lmb(command, "--help");

        assertThat(exit).isZero();
        assertThat(out.toString()).contains("Usage: lmb");
    }

    @Test
    void refusesAWrongCommandLine() {
        assertThat(lmb("run", "--no-such-option")).isEqualTo(ExitCode.USAGE.number());
        assertThat(lmb("fly")).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void exitCodesAreAllDifferent() {
        assertThat(Stream.of(ExitCode.values()).map(ExitCode::number)).doesNotHaveDuplicates();
    }

    private static HostPlan local(String name) {
        return new HostPlan(
                name,
                "local",
                22,
                "root",
                Optional.empty(),
                Optional.empty(),
                new HostPlan.HostKey.Insecure(),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
    }
}
