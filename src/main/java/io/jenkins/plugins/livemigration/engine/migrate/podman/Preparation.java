package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.join;
import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Everything that can be done before a migration without touching the workload: look at it, write the record on both
 * hosts, make the staging directories, and open the connection between the hosts.
 */
final class Preparation {
    private static final Duration TIMEOUT = Duration.ofSeconds(60 + Scripts.LOCK_WAIT_SECONDS);

    private final WorkloadNames names;
    private final List<String> containers;

    Preparation(WorkloadNames names, List<String> containers) {
        this.names = names;
        this.containers = List.copyOf(containers);
    }

    /** What came of looking. */
    sealed interface Look {}

    /** The containers run here. */
    record Seen(List<ContainerFacts> containers, OwnSockets sockets) implements Look {}

    /** They cannot be moved as they are. */
    record Refused(Message why) implements Look {}

    /** Looks at the containers on the source. */
    Look look(Host source) throws InterruptedException {
        CommandResult inspected = source.run(Scripts.command("podman container inspect " + join(containers)), TIMEOUT);
        if (!inspected.ok()) {
            return new Refused(Message.of("migrate/podman.cannotInspect", source.name(), inspected.complaint()));
        }
        List<ContainerFacts> facts = ContainerFacts.parse(inspected.out());
        for (ContainerFacts container : facts) {
            if (!container.running()) {
                return new Refused(
                        Message.of("migrate/podman.notRunning", container.name(), source.name(), container.status()));
            }
        }
        List<String> onHostNetwork = facts.stream()
                .filter(ContainerFacts::hostNetwork)
                .map(ContainerFacts::name)
                .toList();
        if (onHostNetwork.isEmpty()) {
            return new Seen(facts, OwnSockets.none());
        }
        CommandResult sockets = source.run(Scripts.command(OwnSockets.script(onHostNetwork)), TIMEOUT);
        if (!sockets.ok()) {
            return new Refused(Message.of("migrate/podman.cannotInspect", source.name(), sockets.complaint()));
        }
        return new Seen(facts, OwnSockets.parse(sockets.out()));
    }

    /** Writes the record and makes ready on both hosts; empty if that worked. Undo with {@link #undo}. */
    Optional<Message> makeReady(Move move) throws InterruptedException {
        String staging = quote(move.record().staging());
        String both = """
                if [ -e record ]; then echo 'an earlier migration is unfinished' >&2; exit %s; fi
                echo %s > fence
                rm -f stages
                %s || exit 70
                %s
                mkdir -p %s && cd %s || exit 70
                """.formatted(
                        Scripts.UNFINISHED,
                        quote(move.record().token()),
                        move.record().write(),
                        Scripts.stage(Stage.PREPARED),
                        staging,
                        staging);
        // Links of a migration that a reboot ended lead nowhere: no checkpoint could be written.
        String source = both
                + PagesBeside.withdraw(move.containers())
                + SourceScripts.makePipes(move.containerNames())
                + "cd " + quote(names.directory()) + "\n"
                + move.link().open();
        String destination = both
                + move.containers().stream()
                        .map(ContainerFacts::imageId)
                        .distinct()
                        .map(image -> "podman image exists %1$s || { echo 'image %1$s is missing' >&2; exit 71; }\n"
                                .formatted(quote(image)))
                        .reduce("", String::concat)
                + move.containerNames().stream()
                        .map(name ->
                                "! podman container exists %1$s || { echo 'container %1$s exists' >&2; exit 72; }\n"
                                        .formatted(quote(name)))
                        .reduce("", String::concat);
        // The destination first: if it cannot be had, nothing is left on the source.
        Optional<Message> failure = ready(move.destination(), destination);
        return failure.isPresent() ? failure : ready(move.source(), source);
    }

    private Optional<Message> ready(Host host, String body) throws InterruptedException {
        String script = """
                umask 077
                mkdir -p %1$s && cd %1$s || exit 70
                exec 9>lock
                flock -w %2$s 9 || { echo 'another step of this workload still runs here' >&2; exit %3$s; }
                %4$s
                """.formatted(quote(names.directory()), Scripts.LOCK_WAIT_SECONDS, Scripts.BUSY, body);
        CommandResult result = host.run(Scripts.command(script), TIMEOUT);
        if (result.ok()) {
            return Optional.empty();
        }
        return Optional.of(Message.of("migrate/podman.cannotPrepare", host.name(), result.complaint()));
    }

    /** Takes back what {@link #makeReady} did, as far as the hosts can be reached; touches nobody else's record. */
    void undo(Move move) throws InterruptedException {
        String script = move.guarded(Leftovers.control(move));
        CompletableFuture<CommandResult> source =
                Waiting.start(() -> move.source().run(script, TIMEOUT));
        CompletableFuture<CommandResult> destination =
                Waiting.start(() -> move.destination().run(script, TIMEOUT));
        Waiting.join(source);
        Waiting.join(destination);
    }
}
