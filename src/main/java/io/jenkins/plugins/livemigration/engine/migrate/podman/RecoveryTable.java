package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Optional;

/**
 * What to do after something went wrong, decided from what the hosts say and from nothing else. A pure function, so that
 * every combination can be tested.
 *
 * <p>The rules behind it: the source is resumed only when the destination's copies are proved absent, will be removed
 * first, or cannot exist because the destination was never asked to restore. Once the destination was opened, only
 * forward. Where a host that might run a copy is silent, nothing is decided.
 */
final class RecoveryTable {
    private RecoveryTable() {}

    /** What to do. */
    sealed interface Decision {}

    /** The workload runs at the destination: open it there, and remove what is left at the source. */
    record Forward() implements Decision {}

    /** It never stopped at the source: see that clients reach it, and remove what is left at the destination. */
    record Stay() implements Decision {}

    /** Remove the destination's copies, see that they are gone, and resume at the source. */
    record Back() implements Decision {}

    /** No container is left anywhere, but the archives are whole at the destination: restore from them there. */
    record FromArchive() implements Decision {}

    /** It runs nowhere and cannot be brought back without deciding what to lose. */
    record Lost(Message detail) implements Decision {}

    /** There is none, and nothing to make one from. */
    record Gone(Message detail) implements Decision {}

    /** It runs twice. */
    record Twice(Message detail) implements Decision {}

    /** Cannot be told. */
    record Undecided(Message detail) implements Decision {}

    /**
     * Decides.
     *
     * @param source what the host says that the workload was on; empty if it is silent
     * @param destination what the other says
     */
    static Decision decide(
            String sourceName, Optional<SideReport> source, String destinationName, Optional<SideReport> destination) {
        if (source.isEmpty()) {
            return sourceSilent(sourceName, destinationName, destination);
        }
        if (destination.isEmpty()) {
            return destinationSilent(sourceName, source.get(), destinationName);
        }
        return bothTell(sourceName, source.get(), destinationName, destination.get());
    }

    private static Decision sourceSilent(String source, String destination, Optional<SideReport> told) {
        // It was told to restore, so the source had been stopped; and its copy is there, so nobody has gone back.
        if (told.isPresent() && told.get().all(Copy.State.RUNNING) && told.get().reached(Stage.RESTORING)) {
            return new Forward();
        }
        if (told.isPresent()) {
            return new Undecided(Message.of("migrate/podman.sourceSilent", source, destination));
        }
        return new Undecided(Message.of("migrate/podman.bothSilent", source, destination));
    }

    private static Decision destinationSilent(String source, SideReport told, String destination) {
        boolean destinationNeverAsked = told.record().isPresent() && !told.reached(Stage.HANDOVER);
        if (destinationNeverAsked) {
            if (told.all(Copy.State.RUNNING)) {
                return new Stay();
            }
            if (aliveOrResumable(told)) {
                return new Back();
            }
        }
        return new Undecided(Message.of("migrate/podman.destinationSilent", source, destination));
    }

    private static Decision bothTell(
            String sourceName, SideReport source, String destinationName, SideReport destination) {
        boolean runsAtSource = source.any(Copy.State.RUNNING);
        boolean runsAtDestination = destination.any(Copy.State.RUNNING);
        boolean opened = destination.reached(Stage.OPENED);
        if (runsAtSource && runsAtDestination) {
            return runningOnBoth(sourceName, source, destinationName, destination, opened);
        }
        if (runsAtDestination) {
            if (destination.all(Copy.State.RUNNING)) {
                return new Forward();
            }
            return backUnlessOpened(sourceName, source, destinationName, opened);
        }
        if (source.all(Copy.State.RUNNING)) {
            return new Stay();
        }
        if (source.all(Copy.State.ABSENT)) {
            return nothingAtSource(sourceName, destinationName, destination, opened);
        }
        return backUnlessOpened(sourceName, source, destinationName, opened);
    }

    private static Decision runningOnBoth(
            String sourceName, SideReport source, String destinationName, SideReport destination, boolean opened) {
        boolean oneRunsTwice = source.copies().values().stream()
                .filter(copy -> copy.state() == Copy.State.RUNNING)
                .map(copy -> destination.copies().get(copy.name()))
                .anyMatch(twin -> twin != null && twin.state() == Copy.State.RUNNING);
        if (oneRunsTwice) {
            return new Twice(Message.of("migrate/podman.runsTwice", sourceName, destinationName));
        }
        return backUnlessOpened(sourceName, source, destinationName, opened);
    }

    private static Decision backUnlessOpened(
            String sourceName, SideReport source, String destinationName, boolean opened) {
        if (opened) {
            return new Lost(Message.of("migrate/podman.diedAfterOpening", destinationName, sourceName));
        }
        if (!aliveOrResumable(source)) {
            return new Lost(Message.of("migrate/podman.notResumable", sourceName));
        }
        return new Back();
    }

    private static Decision nothingAtSource(
            String sourceName, String destinationName, SideReport destination, boolean opened) {
        if (!destination.all(Copy.State.ABSENT)) {
            return new Lost(Message.of("migrate/podman.stoppedAt", destinationName));
        }
        boolean archived = destination.record().isPresent()
                && destination.archives().containsAll(destination.copies().keySet());
        if (archived && !opened) {
            return new FromArchive();
        }
        return new Gone(Message.of("migrate/podman.absent", sourceName, destinationName));
    }

    private static boolean aliveOrResumable(SideReport side) {
        return side.copies().values().stream()
                .allMatch(copy -> copy.state() == Copy.State.RUNNING || copy.state() == Copy.State.RESUMABLE);
    }
}
