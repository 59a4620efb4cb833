package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.remote.ClockOffset;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.Reachability;
import io.jenkins.plugins.livemigration.engine.remote.RunningCommand;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleCapturesTest {
    private static final BenchmarkPlan PLAN = ((ParsedPlan.Valid) PlanParser.parse("""
                    name: captured
                    hosts: {host-a: {address: 192.0.2.11}, host-b: {address: 192.0.2.12}}
                    driver: {command: {from: host-a, to: host-b, on: local, migrate: "true", locate: "true"}}
                    capture: [{on: host-a}, {on: host-b}]
                    """, PlanFormat.YAML)).plan();

    @TempDir
    private Path folder;

    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger killed = new AtomicInteger();

    @Test
    void leavesNoCaptureRunningWhenItIsInterruptedBeforeTheyAllBegan() throws Exception {
        try (Journal journal = Journal.create(folder, RunClock.startingNow(), entry -> {})) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> SampleCaptures.start(PLAN, new Silent(), journal))
                    .isInstanceOf(InterruptedException.class);
        }
        assertThat(started).hasValue(2);
        assertThat(killed).hasValue(2);
    }

    /** Hosts on which every command goes on, and says nothing. */
    private final class Silent implements Hosts, Host {
        @Override
        public Host host(String name) {
            return this;
        }

        @Override
        public Collection<Host> all() {
            return List.of(this);
        }

        @Override
        public String name() {
            return "silent";
        }

        @Override
        public RunningCommand start(String command, Consumer<String> lines) {
            started.incrementAndGet();
            return new RunningCommand() {
                @Override
                public CommandResult await(Duration timeout) {
                    throw new AssertionError("nobody waits for the end");
                }

                @Override
                public void kill() {
                    killed.incrementAndGet();
                }
            };
        }

        @Override
        public CommandResult run(String command, Duration timeout) {
            throw new AssertionError(command);
        }

        @Override
        public CommandResult run(String command, InputStream standardInput, Duration timeout) {
            throw new AssertionError(command);
        }

        @Override
        public Reachability probe(Duration timeout) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public Optional<ClockOffset> clockOffset(Duration timeout) {
            return Optional.empty();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
