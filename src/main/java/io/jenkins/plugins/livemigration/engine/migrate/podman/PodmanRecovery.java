package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.join;
import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Brings the workload back to life after anything went wrong, exactly once: takes both hosts over, lets
 * {@link RecoveryTable} decide, and does it. One instance for one recovery.
 */
final class PodmanRecovery {
    private static final Duration STEP = Duration.ofMinutes(30);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

    private final WorkloadNames names;
    private final List<String> containers;
    private final TrafficSwitch traffic;
    private final Host home;
    private final Host other;
    private final Timings timings;
    private final SideInspection inspection;
    private final String token = UUID.randomUUID().toString();
    private final List<Message> actions = new ArrayList<>();

    PodmanRecovery(
            WorkloadNames names,
            List<String> containers,
            TrafficSwitch traffic,
            Host home,
            Host other,
            Timings timings) {
        this.names = names;
        this.containers = List.copyOf(containers);
        this.traffic = traffic;
        this.home = home;
        this.other = other;
        this.timings = timings;
        this.inspection = new SideInspection(names, containers, traffic);
    }

    /** One host and what it said. */
    private record Side(Host host, Optional<SideReport> report, String silence) {
        String name() {
            return host.name();
        }

        Optional<MigrationRecord> record() {
            return report.flatMap(SideReport::record);
        }
    }

    Recovery run() throws InterruptedException {
        CompletableFuture<Side> first = Waiting.start(() -> takeOver(home));
        CompletableFuture<Side> second = Waiting.start(() -> takeOver(other));
        Side homeSide = Waiting.join(first);
        Side otherSide = Waiting.join(second);
        boolean swapped = movedFromOther(homeSide, otherSide);
        Side source = swapped ? otherSide : homeSide;
        Side destination = swapped ? homeSide : otherSide;
        RecoveryTable.Decision decision =
                RecoveryTable.decide(source.name(), source.report(), destination.name(), destination.report());
        return new Recovery(carryOut(decision, source, destination), actions);
    }

    private Side takeOver(Host host) throws InterruptedException {
        long end = System.nanoTime() + timings.patience().toNanos();
        while (true) {
            SideInspection.Answer answer = inspection.takeOver(host, token);
            if (answer instanceof SideInspection.Told told) {
                return new Side(host, Optional.of(told.report()), "");
            }
            if (System.nanoTime() > end) {
                return new Side(host, Optional.empty(), ((SideInspection.Silent) answer).why());
            }
            Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
        }
    }

    /** Which of the two the workload was moved from: by the record; without one, the host that has it. */
    private static boolean movedFromOther(Side home, Side other) {
        Optional<MigrationRecord> record = home.record().or(other::record);
        if (record.isPresent()) {
            return record.get().from().equals(other.name());
        }
        boolean absentAtHome =
                home.report().map(told -> told.all(Copy.State.ABSENT)).orElse(false);
        boolean existsAtOther =
                other.report().map(told -> !told.all(Copy.State.ABSENT)).orElse(false);
        return absentAtHome && existsAtOther;
    }

    private Whereabouts carryOut(RecoveryTable.Decision decision, Side source, Side destination)
            throws InterruptedException {
        if (decision instanceof RecoveryTable.Forward) {
            return settle(destination, source, "");
        }
        if (decision instanceof RecoveryTable.Stay) {
            return settle(source, destination, "");
        }
        if (decision instanceof RecoveryTable.Back) {
            return back(source, destination);
        }
        if (decision instanceof RecoveryTable.FromArchive) {
            return fromArchive(source, destination);
        }
        if (decision instanceof RecoveryTable.Lost lost) {
            return new Whereabouts.NotRunning(lost.detail());
        }
        if (decision instanceof RecoveryTable.Gone gone) {
            forget(source);
            forget(destination);
            return new Whereabouts.Absent(gone.detail());
        }
        if (decision instanceof RecoveryTable.Twice twice) {
            return new Whereabouts.Duplicated(twice.detail());
        }
        RecoveryTable.Undecided undecided = (RecoveryTable.Undecided) decision;
        for (Side side : List.of(source, destination)) {
            if (side.report().isEmpty()) {
                actions.add(Message.of("migrate/podman.silent", side.name(), side.silence()));
            }
        }
        keep(source);
        return new Whereabouts.Unknown(undecided.detail());
    }

    private Whereabouts back(Side source, Side destination) throws InterruptedException {
        if (destination.report().isPresent()) {
            Optional<Message> remains = removeCopies(destination, source);
            if (remains.isPresent()) {
                return new Whereabouts.Unknown(remains.get());
            }
        }
        List<String> resumable = resumable(source);
        String resume = resumable.stream()
                .map(name -> {
                    String restore =
                            "podman container restore --tcp-established %s >/dev/null 9>&-".formatted(quote(name));
                    return "%1$s || { %2$s && %1$s; } || exit 80".formatted(restore, PagesBeside.bringIn(name));
                })
                .collect(Collectors.joining("\n"));
        actions.add(Message.of("migrate/podman.resumed", String.join(", ", resumable), source.name()));
        return settle(source, destination, resume);
    }

    private static List<String> resumable(Side side) {
        return side.report().stream()
                .flatMap(told -> told.copies().values().stream())
                .filter(copy -> copy.state() == Copy.State.RESUMABLE)
                .map(Copy::name)
                .toList();
    }

    /** Lets nothing that may be needed to resume depend on memory any more: who decides may take days, and a reboot. */
    private void keep(Side source) throws InterruptedException {
        for (String name : resumable(source)) {
            if (run(source, PagesBeside.bringIn(name)).ok()) {
                actions.add(Message.of("migrate/podman.pagesBroughtIn", name, source.name()));
            }
        }
    }

    /** Kills and removes the copies that were restored there, and sees that they are gone. */
    private Optional<Message> removeCopies(Side side, Side origin) throws InterruptedException {
        List<String> ids = ownIds(side, origin);
        String body = ids.isEmpty() ? ":" : """
                for id in %1$s; do podman container rm -f -t 0 "$id" >/dev/null 2>&1; done
                for id in %1$s; do ! podman container exists "$id" || exit 73; done
                """.formatted(join(ids));
        CommandResult result = run(side, body + "\n" + traffic.leave());
        if (!result.ok()) {
            return Optional.of(Message.of("migrate/podman.copyRemains", side.name(), result.complaint()));
        }
        if (!ids.isEmpty()) {
            actions.add(Message.of("migrate/podman.removedCopies", side.name()));
        }
        return Optional.empty();
    }

    /** Restores at the destination from the archives there, after both hosts proved to have no container. */
    private Whereabouts fromArchive(Side source, Side destination) throws InterruptedException {
        MigrationRecord record = destination.record().orElseThrow();
        String restore = containers.stream()
                .map(name -> "podman container restore --import=%s --tcp-established >/dev/null 9>&- || exit 80"
                        .formatted(quote(record.staging() + "/" + name + ".tar")))
                .collect(Collectors.joining("\n"));
        actions.add(Message.of("migrate/podman.restoredFromArchive", destination.name()));
        return settle(destination, source, MemoryAhead.place() + "\n" + restore);
    }

    /**
     * Makes sure that clients reach the workload at {@code place} and nowhere else, and removes what is left at
     * {@code empty}.
     *
     * @param before script lines that bring the workload to life first; empty if it lives
     */
    private Whereabouts settle(Side place, Side empty, String before) throws InterruptedException {
        boolean emptyTold = empty.report().isPresent();
        if (emptyTold) {
            CommandResult left = run(empty, traffic.leave());
            if (!left.ok()) {
                return new Whereabouts.Unknown(
                        Message.of("migrate/podman.addressRemains", empty.name(), left.complaint()));
            }
        }
        CommandResult opened = run(place, """
                { %1$s
                } || exit 78
                %2$s
                [ ! -e record ] || %5$s
                { %3$s; } || exit 79
                %4$s
                """.formatted(
                        traffic.arrive(),
                        before.isEmpty() ? ":" : before,
                        Gate.openAny(names.gateTable()),
                        traffic.announce(),
                        Scripts.stage(Stage.OPENED)));
        if (!opened.ok()) {
            return new Whereabouts.NotRunning(
                    Message.of("migrate/podman.notRevived", place.name(), opened.complaint()));
        }
        actions.add(Message.of("migrate/podman.opened", place.name()));
        Optional<CommandResult> attached = traffic.attach(empty.name(), place.name());
        if (attached.isPresent() && !attached.get().ok()) {
            actions.add(Message.of("migrate/podman.attachFailed", attached.get().complaint()));
        }
        SideInspection.Answer after = inspection.look(place.host());
        boolean runs =
                after instanceof SideInspection.Told told && told.report().all(Copy.State.RUNNING);
        if (!runs) {
            return new Whereabouts.Unknown(Message.of("migrate/podman.cannotConfirm", place.name()));
        }
        if (emptyTold) {
            cleanEmpty(empty, place);
        } else {
            actions.add(Message.of("migrate/podman.uncleaned", empty.name(), empty.silence()));
        }
        forget(place);
        return new Whereabouts.RunningOn(place.name());
    }

    private void cleanEmpty(Side empty, Side place) throws InterruptedException {
        CommandResult cleaned = run(
                empty,
                Gate.openAny(names.gateTable()) + "\n" + Leftovers.removeStopped(ownIds(empty, place))
                        + CriuRules.list());
        if (!cleaned.ok()) {
            actions.add(Message.of("migrate/podman.leftovers", empty.name(), cleaned.complaint()));
            return;
        }
        actions.addAll(Leftovers.removeRules(empty.host(), cleaned.out(), traffic.addresses(), Set.of()));
        forget(empty);
    }

    /** Removes archives and record: the migration is over. */
    private void forget(Side side) throws InterruptedException {
        if (side.record().isEmpty()) {
            return;
        }
        CommandResult result = run(side, Leftovers.control(side.record().get()));
        if (!result.ok()) {
            actions.add(Message.of("migrate/podman.leftovers", side.name(), result.complaint()));
        }
    }

    /** IDs of containers on a side that are this workload's: the same as on the other side or in the record. */
    private static List<String> ownIds(Side side, Side twin) {
        List<String> known = new ArrayList<>();
        side.record().ifPresent(record -> known.addAll(record.containers().values()));
        twin.record().ifPresent(record -> known.addAll(record.containers().values()));
        twin.report().ifPresent(told -> told.copies().values().forEach(copy -> known.add(copy.id())));
        return side.report().stream()
                .flatMap(told -> told.copies().values().stream())
                .filter(Copy::exists)
                .map(Copy::id)
                .filter(known::contains)
                .toList();
    }

    private CommandResult run(Side side, String body) throws InterruptedException {
        return side.host().run(Scripts.command(Scripts.guarded(names, token, body)), STEP);
    }
}
