package io.jenkins.plugins.livemigration.engine.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the script says of the machine that the tests run on, held against the files that it reads. */
class MachineFactsTest {
    private static final Path FIRMWARE = Path.of("/sys/class/dmi/id/bios_version");

    @Test
    void saysWhatThisMachineIsMadeOf() throws Exception {
        Map<String, String> facts = MachineFacts.of(new LocalHost("here"));

        assertThat(facts).containsEntry("kernel", System.getProperty("os.version"));
        assertThat(Long.parseLong(facts.get("cpus"))).isPositive();
        assertThat(Optional.ofNullable(facts.get("microcode"))).isEqualTo(microcode());
        if (Files.isReadable(FIRMWARE)) {
            assertThat(facts.get("firmware"))
                    .contains(Files.readString(FIRMWARE).strip());
        } else {
            assertThat(facts).doesNotContainKey("firmware");
        }
    }

    @Test
    void tellsOfTheNetworkDeviceThatIsNamed() throws Exception {
        String said = new LocalHost("here")
                .run(MachineFacts.script("lo"), Duration.ofMinutes(1))
                .out();
        assertThat(MachineFacts.parse(said))
                .containsEntry("nic", "lo")
                .containsEntry(
                        "mtu",
                        Files.readString(Path.of("/sys/class/net/lo/mtu")).strip());
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(MachineFacts.parse("kernel=6.1\nqemu=\nno fact\n=x\nnic=eth0 \n"))
                .isEqualTo(Map.of("kernel", "6.1", "nic", "eth0"));
    }

    /** Empty where the processor tells none, as in some virtual machines and on other architectures. */
    private static Optional<String> microcode() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("microcode"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }
}
