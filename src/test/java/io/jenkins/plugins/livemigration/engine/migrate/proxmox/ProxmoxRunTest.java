package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.Engine;
import io.jenkins.plugins.livemigration.engine.RunFolder;
import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveCluster.Course;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveDouble;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.observe.SystemProbes;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.remote.Credentials.Credential;
import io.jenkins.plugins.livemigration.engine.remote.PlanHosts;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whole runs against the double of the API. */
class ProxmoxRunTest extends ApiTestBase {
    private final List<JournalEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final Cancellation breakOff = new Cancellation();

    @Test
    void movesToAndFroAndLeavesNothingBehind() throws Exception {
        start(PveRelease.V8_4, 2);

        RunEnd end = run(1, event -> {});

        assertThat(end.kind()).as(end.reason().toString()).isEqualTo(RunEnd.Kind.COMPLETED);
        assertThat(outcomes()).containsExactly(new Outcome.Succeeded(), new Outcome.Succeeded());
        assertThat(cluster.node).isEqualTo("sabda");
        assertThat(cluster.description).as("the lease was given back").isEmpty();
        assertThat(events)
                .filteredOn(JournalEvent.EnvironmentRead.class::isInstance)
                .anySatisfy(event -> assertThat(event.toString()).contains("pve-qemu-kvm=9.2.0-5"));
    }

    @Test
    void aFailedMigrationIsASampleAndTheGuestStaysWhereItIs() throws Exception {
        start(PveRelease.V9_0, 1);
        cluster.course = Course.TARGET_TOO_OLD;

        RunEnd end = run(1, event -> {});

        assertThat(end.kind()).isNotEqualTo(RunEnd.Kind.COMPLETED);
        assertThat(outcomes())
                .isNotEmpty()
                .allSatisfy(outcome -> assertThat(outcome.toString()).contains("too old to run machine type"));
        assertThat(cluster.node).isEqualTo("sabda");
        assertThat(cluster.lock).isEmpty();
        assertThat(cluster.description).isEmpty();
    }

    @Test
    void anInterruptedRunStopsTheTaskAndBringsTheGuestHome() throws Exception {
        start(PveRelease.V7_4, 1);

        RunEnd end = run(3, event -> {
            if (event instanceof JournalEvent.SampleEnded && !breakOff.requested()) {
                cluster.course = Course.HANGS;
            }
            if (event instanceof JournalEvent.PhaseStarted phase
                    && phase.phase().equals("ram")
                    && cluster.course == Course.HANGS) {
                cluster.course = Course.WORKS;
                breakOff.request();
            }
        });

        assertThat(end.kind()).isEqualTo(RunEnd.Kind.INTERRUPTED);
        assertThat(outcomes()).containsExactly(new Outcome.Succeeded(), new Outcome.Cancelled());
        assertThat(cluster.node).isEqualTo("sabda");
        assertThat(cluster.description).isEmpty();
    }

    private List<Outcome> outcomes() {
        return List.copyOf(events).stream()
                .filter(JournalEvent.MigrationEnded.class::isInstance)
                .map(event -> ((JournalEvent.MigrationEnded) event).outcome())
                .toList();
    }

    private RunEnd run(int samples, Consumer<JournalEvent> follower) throws Exception {
        String text =
                """
                name: against the double
                samples: %s
                warmup: 0
                stopAfterFailures: 1
                window: {before: 0 s, after: 0 s}
                driver:
                  proxmox:
                    urls: ["%s"]
                    credentials: pve
                    tls: {fingerprints: ["%s"]}
                    vmid: 100
                    from: sabda
                    to: yagra
                """.formatted(String.valueOf(samples), String.join("\", \"", api.urls()), certificate.fingerprint());
        ParsedPlan.Valid plan = (ParsedPlan.Valid) PlanParser.parse(text, PlanFormat.YAML);
        Credentials credentials = name -> Optional.of(new Credential.SecretText(Optional.empty(), PveDouble.TOKEN));
        PlanHosts hosts = new PlanHosts(Map.of(), credentials);
        Consumer<JournalEntry> keep = entry -> {
            events.add(entry.event());
            follower.accept(entry.event());
        };
        return new Engine(plan, hosts, () -> hosts, credentials, new SystemProbes(), "tester@here")
                .run(
                        RunFolder.at(folder.resolve("run-" + System.nanoTime())),
                        BaselineChoice.NOTHING,
                        keep,
                        breakOff,
                        new Cancellation());
    }
}
