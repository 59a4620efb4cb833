package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.observe.StateReader;
import io.jenkins.plugins.livemigration.engine.observe.StateReading;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.plan.StatePlan;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.StateCheck;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Optional;

/** Reads the workload's own state before and after a move. */
final class StateCheckpoint {
    private final StateReader reader;
    private final Journal journal;

    StateCheckpoint(Hosts hosts, Journal journal) {
        this.reader = new StateReader(hosts);
        this.journal = journal;
    }

    /** The value before the move; empty if the plan asks for none, or if it cannot be read, which is noted. */
    Optional<StateReading.Value> read(ScenarioPlan scenario) throws InterruptedException {
        return scenario.state().isPresent() ? value(scenario.state().get()) : Optional.empty();
    }

    /** Whether the value continued; empty if there is nothing to compare with. */
    Optional<StateCheck> check(ScenarioPlan scenario, Optional<StateReading.Value> before) throws InterruptedException {
        if (scenario.state().isEmpty() || before.isEmpty()) {
            return Optional.empty();
        }
        StatePlan plan = scenario.state().get();
        return value(plan).map(after -> StateReader.compare(plan, before.get(), after));
    }

    private Optional<StateReading.Value> value(StatePlan plan) throws InterruptedException {
        StateReading reading = reader.read(plan);
        if (reading instanceof StateReading.Value value) {
            return Optional.of(value);
        }
        Message why = ((StateReading.Unreadable) reading).why();
        journal.append(new JournalEvent.Noted(Message.of("engine.stateUnreadable", why)));
        return Optional.empty();
    }
}
