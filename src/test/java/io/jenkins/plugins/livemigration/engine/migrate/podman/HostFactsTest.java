package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the script says of the machine that the tests run on, held against the files that it reads. */
class HostFactsTest {
    private static final Path FIRMWARE = Path.of("/sys/class/dmi/id/bios_version");

    @Test
    void saysWhatThisMachineIsMadeOf() throws Exception {
        HostFacts.Answer answer = HostFacts.collect(new LocalHost("here"), "/tmp", "");

        assertThat(answer).isInstanceOf(HostFacts.Told.class);
        HostFacts facts = ((HostFacts.Told) answer).facts();
        assertThat(facts.get("kernel")).isEqualTo(Optional.of(System.getProperty("os.version")));
        assertThat(facts.get("microcode")).isEqualTo(microcode());
        if (Files.isReadable(FIRMWARE)) {
            assertThat(facts.get("firmware").orElse(""))
                    .contains(Files.readString(FIRMWARE).strip());
        } else {
            assertThat(facts.get("firmware")).isEmpty();
        }
    }

    /** Empty where the processor tells none, as in some virtual machines and on other architectures. */
    private static Optional<String> microcode() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("microcode"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }
}
