package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Knows where each scenario's workload is at home, and brings workloads to hosts without measuring. */
final class Placement {
    private final Journal journal;
    private final Rescue rescue;
    private final Map<String, String> homes = new LinkedHashMap<>();
    private Optional<Message> lost = Optional.empty();

    Placement(Journal journal, Rescue rescue) {
        this.journal = journal;
        this.rescue = rescue;
    }

    /** Takes the host on which a scenario's workload runs for its home. Returns why there is none. */
    Optional<Message> findHome(String scenario, MigrationDriver driver) throws InterruptedException {
        Whereabouts found = driver.locate();
        if (found instanceof Whereabouts.RunningOn running) {
            homes.put(scenario, running.host());
            journal.append(new JournalEvent.HomeFound(scenario, running.host()));
            return Optional.empty();
        }
        return Optional.of(Message.of("engine.notRunningAtStart", Rescue.describe(found)));
    }

    /** The host on which a scenario's workload was found. */
    Optional<String> home(String scenario) {
        return Optional.ofNullable(homes.get(scenario));
    }

    /** Brings a workload to a host, back to life before if need be. Returns why it is not there. */
    Optional<Message> rescueTo(MigrationDriver driver, String host) throws InterruptedException {
        return bring(driver, rescue.unlessRunning(driver.locate(), driver), host);
    }

    /** Brings a workload to a host if it runs. Returns why it is not there. */
    Optional<Message> bringTo(MigrationDriver driver, String host) throws InterruptedException {
        return bring(driver, driver.locate(), host);
    }

    private Optional<Message> bring(MigrationDriver driver, Whereabouts now, String host) throws InterruptedException {
        if (!(now instanceof Whereabouts.RunningOn running)) {
            lost = Optional.of(Rescue.describe(now));
            return lost;
        }
        if (running.host().equals(host)) {
            return Optional.empty();
        }
        MigrationOutcome outcome =
                driver.migrate(running.host(), host, new UnmeasuredListener(journal), new Cancellation());
        Whereabouts after = rescue.unlessRunning(driver.locate(), driver);
        boolean there =
                after instanceof Whereabouts.RunningOn arrived && arrived.host().equals(host);
        Outcome recorded = there ? new Outcome.Succeeded() : failure(outcome, after);
        journal.append(new JournalEvent.MovedUnmeasured(running.host(), host, recorded));
        if (!(after instanceof Whereabouts.RunningOn)) {
            lost = Optional.of(Rescue.describe(after));
        }
        return there ? Optional.empty() : Optional.of(((Outcome.Failed) recorded).cause());
    }

    private static Outcome failure(MigrationOutcome outcome, Whereabouts after) {
        if (outcome instanceof MigrationOutcome.Failed failed) {
            return new Outcome.Failed(failed.stage(), failed.cause());
        }
        return new Outcome.Failed("move", Rescue.describe(after));
    }

    /** Whether a workload could not be brought back to life: nothing more may be tried. */
    boolean astray() {
        return lost.isPresent();
    }
}
