package io.jenkins.plugins.livemigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.JournalFile;
import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.migrate.command.CommandDriver;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.CommandPlan;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
    @TempDir
    private Path folder;

    /** Two hosts of the plan, both this machine. */
    private record Local(Host control, Host beside) implements Hosts {
        @Override
        public Host host(String name) {
            return name.equals(control.name()) ? control : beside;
        }

        @Override
        public Collection<Host> all() {
            return List.of(control, beside);
        }

        @Override
        public void close() {
            control.close();
            beside.close();
        }
    }

    /** The commands' platform has no driver that could ask it. */
    @Test
    void asksTheHostsThatCommandsSpeakOfWhatTheyAreMadeOf() throws Exception {
        CommandPlan commands = new CommandPlan(
                "zone-1",
                "zone-2",
                "control",
                "true",
                "true",
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(1));
        try (Hosts hosts = new Local(new LocalHost("control"), new LocalHost("beside"));
                Journal journal = Journal.create(folder, RunClock.startingNow(), entry -> {})) {
            new Surroundings(journal, hosts)
                    .record(WholeRun.plan("samples: 1").plan(), List.of(new CommandDriver(commands, hosts)));
        }
        Map<String, Map<String, String>> environment = JournalFile.read(folder)
                .first(JournalEvent.EnvironmentRead.class)
                .orElseThrow()
                .hosts();
        assertThat(environment).containsOnlyKeys("control");
        assertThat(environment.get("control"))
                .containsEntry("kernel", System.getProperty("os.version"))
                .containsKeys("architecture", "cpus");
    }
}
