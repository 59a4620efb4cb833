package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent.Move;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ConfirmPlan.FreshStart;
import io.jenkins.plugins.livemigration.engine.plan.HostCommand;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets the stage for samples: checks, leases, starts workloads, knows each workload's home, puts it where a move begins,
 * and leaves it where it was found.
 */
final class Stage implements AutoCloseable {
    private final BenchmarkPlan plan;
    private final Journal journal;
    private final Surroundings surroundings;
    private final Map<String, MigrationDriver> drivers;
    private final WorkloadControl workloads;
    private final LeaseKeeper leases;
    private final Placement placement;
    private final Map<String, Message> unsupported = new LinkedHashMap<>();

    /**
     * Makes a stage that is not set.
     *
     * @param drivers by scenario; closed with the stage
     */
    Stage(
            BenchmarkPlan plan,
            Journal journal,
            Surroundings surroundings,
            Map<String, MigrationDriver> drivers,
            WorkloadControl workloads,
            LeaseKeeper leases,
            Rescue rescue) {
        this.plan = plan;
        this.journal = journal;
        this.surroundings = surroundings;
        this.drivers = Map.copyOf(drivers);
        this.workloads = workloads;
        this.leases = leases;
        this.placement = new Placement(journal, rescue);
    }

    /**
     * Waits for workloads that others hold, checks everything, takes the leases and finds each workload's home.
     *
     * @return what stands in the way
     */
    Optional<RunEnd> prepare(Turn turn) throws InterruptedException {
        Optional<RunEnd> stopped = turn.await(scenarioDrivers());
        if (stopped.isPresent()) {
            return stopped;
        }
        for (ScenarioPlan scenario : plan.scenarios()) {
            MigrationDriver driver = driver(scenario);
            List<Finding> findings =
                    new ArrayList<>(driver.preflight(scenario.workload().isEmpty()));
            findings.addAll(surroundings.preflight(plan, scenario));
            Optional<RunEnd> obstacle = findings.stream().anyMatch(Stage::isObstacle)
                    ? busy(driver).or(() -> judge(scenario, findings))
                    : judge(scenario, findings);
            if (obstacle.isPresent()) {
                return obstacle;
            }
        }
        Optional<RunEnd> refused = turn.take(scenarioDrivers(), leases);
        if (refused.isPresent()) {
            return refused;
        }
        surroundings.record(plan, drivers.values());
        for (ScenarioPlan scenario : plan.scenarios()) {
            if (scenario.workload().isEmpty() && !unsupported.containsKey(scenario.name())) {
                Optional<Message> homeless = findHome(scenario);
                if (homeless.isPresent()) {
                    return Optional.of(new RunEnd(RunEnd.Kind.INFRASTRUCTURE, homeless.get()));
                }
            }
        }
        return Optional.empty();
    }

    private List<MigrationDriver> scenarioDrivers() {
        return plan.scenarios().stream().map(this::driver).toList();
    }

    /** Somebody else's run looks like a broken workload to preflight, whose advice would be to recover it. */
    private static Optional<RunEnd> busy(MigrationDriver driver) throws InterruptedException {
        return LeaseKeeper.holder(driver.leases())
                .map(holder ->
                        new RunEnd(RunEnd.Kind.INFRASTRUCTURE, LeaseKeeper.refusal(driver.workloadKey(), holder)));
    }

    private static boolean isObstacle(Finding finding) {
        return finding.severity() == Finding.Severity.ERROR;
    }

    private Optional<RunEnd> judge(ScenarioPlan scenario, List<Finding> findings) {
        journal.append(new JournalEvent.Preflight(findings));
        List<Finding> errors = findings.stream().filter(Stage::isObstacle).toList();
        if (!errors.isEmpty()) {
            Finding first = errors.get(0);
            return Optional.of(new RunEnd(
                    RunEnd.Kind.INFRASTRUCTURE,
                    Message.of("engine.preflightFailed", errors.size(), first.where(), first.problem())));
        }
        findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.NOT_SUPPORTED)
                .findFirst()
                .ifPresent(finding -> unsupported.put(scenario.name(), finding.problem()));
        return Optional.empty();
    }

    private Optional<Message> findHome(ScenarioPlan scenario) throws InterruptedException {
        return placement.findHome(scenario.name(), driver(scenario));
    }

    /**
     * Puts the scenario's workload where the move begins: starts it if the plan says how, moves it unmeasured if it is at
     * the other host.
     *
     * @return why that could not be done
     */
    Optional<Message> position(ScenarioPlan scenario, Move move) throws InterruptedException {
        if (scenario.workload().isPresent() && (plan.freshStart() || !workloads.runs(scenario))) {
            Optional<Message> trouble = sendHome();
            if (trouble.isEmpty()) {
                trouble = workloads.start(scenario);
            }
            if (trouble.isEmpty()) {
                trouble = findHome(scenario);
            }
            if (trouble.isPresent()) {
                return trouble;
            }
        }
        return placement.rescueTo(driver(scenario), move.from());
    }

    /** What we started is stopped by a command that expects it at home. */
    private Optional<Message> sendHome() throws InterruptedException {
        Optional<ScenarioPlan> running = workloads.running();
        Optional<String> home = running.map(ScenarioPlan::name).flatMap(placement::home);
        if (running.isEmpty() || home.isEmpty()) {
            return Optional.empty();
        }
        return placement.rescueTo(driver(running.get()), home.get());
    }

    /** In a one-way run: back by the declared way, unmeasured. */
    void bringBack(ScenarioPlan scenario, Move move) throws InterruptedException {
        if (scenario.returnBy().isPresent()) {
            Optional<Message> trouble = workloads.run(scenario.returnBy().get());
            journal.append(new JournalEvent.MovedUnmeasured(
                    move.to(),
                    move.from(),
                    trouble.<Outcome>map(why -> new Outcome.Failed("return", why))
                            .orElse(new Outcome.Succeeded())));
        } else {
            placement.bringTo(driver(scenario), move.from());
        }
    }

    /** Brings every workload home and stops what the plan started. Returns the run's end if one is not where it belongs. */
    Optional<RunEnd> leaveAsFound() throws InterruptedException {
        if (leases.lost()) {
            return Optional.of(new RunEnd(RunEnd.Kind.INTERRUPTED, Message.of("engine.leftAfterLeaseLost")));
        }
        Optional<Message> trouble = bringHome();
        Optional<Message> stopped = workloads.stop();
        stopped.ifPresent(why -> journal.append(new JournalEvent.Noted(why)));
        return trouble.map(why -> new RunEnd(RunEnd.Kind.INFRASTRUCTURE, Message.of("engine.notAtHome", why)));
    }

    /** Brings every workload home that runs. Returns why one is not where it belongs. */
    private Optional<Message> bringHome() throws InterruptedException {
        Optional<Message> trouble = Optional.empty();
        for (ScenarioPlan scenario : plan.scenarios()) {
            Optional<String> home = placement.home(scenario.name());
            boolean ours = scenario.workload().isPresent();
            if (home.isPresent() && (!ours || workloads.runs(scenario))) {
                Optional<Message> away = placement.rescueTo(driver(scenario), home.get());
                trouble = trouble.isPresent() ? trouble : away;
            }
        }
        return trouble;
    }

    /**
     * Starts anew what a second round shall not share with the first. Workloads are brought home first, and those that the
     * plan starts are stopped; the next move starts them.
     *
     * @return why that could not be done
     */
    Optional<Message> startAfresh(FreshStart how) throws InterruptedException {
        if (how instanceof FreshStart.None) {
            return Optional.empty();
        }
        Optional<Message> trouble = bringHome();
        if (trouble.isEmpty()) {
            trouble = workloads.stop();
        }
        if (trouble.isEmpty() && how instanceof FreshStart.Commands afresh) {
            trouble = restart(afresh.commands());
        }
        if (trouble.isEmpty()) {
            surroundings.record(plan, drivers.values());
        }
        return trouble;
    }

    /** The host that keeps the lease may be down meanwhile; afterwards it is ours again, or nothing more is touched. */
    private Optional<Message> restart(List<HostCommand> commands) throws InterruptedException {
        Optional<Message> trouble = Optional.empty();
        leases.beginRestart();
        for (HostCommand command : commands) {
            trouble = trouble.isEmpty() ? workloads.run(command) : trouble;
        }
        Optional<Message> refused = leases.endRestart();
        return trouble.isPresent() ? trouble : refused;
    }

    /** Whether a workload could not be brought back to life: nothing more may be tried. */
    boolean astray() {
        return placement.astray();
    }

    /** The scenario of that name. */
    ScenarioPlan scenario(String name) {
        return plan.scenarios().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The driver of a scenario. */
    MigrationDriver driver(ScenarioPlan scenario) {
        MigrationDriver driver = drivers.get(scenario.name());
        if (driver == null) {
            throw new IllegalArgumentException("no driver for scenario " + scenario.name());
        }
        return driver;
    }

    /** Whether preflight found that the platform cannot do what the scenario asks. */
    boolean notSupported(ScenarioPlan scenario) {
        return unsupported.containsKey(scenario.name());
    }

    /** Why the scenario is not supported here. */
    Message whyNotSupported(ScenarioPlan scenario) {
        return Optional.ofNullable(unsupported.get(scenario.name())).orElseThrow();
    }

    /** Why nothing of the plan is supported here. */
    Message whyNotSupported() {
        return new ArrayList<>(unsupported.values()).get(0);
    }

    /** Gives the leases back and closes the drivers. */
    @Override
    public void close() {
        leases.close();
        drivers.values().forEach(MigrationDriver::close);
    }
}
