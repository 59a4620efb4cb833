package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.join;
import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Removes what a migration leaves behind, when the workload runs where it shall. */
final class Leftovers {
    private static final Duration TIMEOUT = Duration.ofSeconds(60 + Scripts.LOCK_WAIT_SECONDS);

    private Leftovers() {}

    /** After a migration that worked. Returns what could not be removed; the workload is not touched by that. */
    static List<Message> afterSuccess(Move move) throws InterruptedException {
        String token = move.record().token();
        CompletableFuture<CommandResult> destination = Waiting.start(() ->
                move.destination().run(Scripts.command(Scripts.guarded(move.names(), token, control(move))), TIMEOUT));
        String body = removeStopped(move.record().containers().values())
                + move.gate().open() + "\n"
                + control(move)
                + CriuRules.list();
        List<Message> problems = new ArrayList<>();
        CommandResult source = move.source().run(Scripts.command(Scripts.guarded(move.names(), token, body)), TIMEOUT);
        if (!source.ok()) {
            problems.add(problem(move.source(), source));
        }
        problems.addAll(removeRules(
                move.source(),
                source.out(),
                move.gate().addresses(),
                move.sockets().localPorts()));
        CommandResult removed = Waiting.join(destination);
        if (!removed.ok()) {
            problems.add(problem(move.destination(), removed));
        }
        return problems;
    }

    /** Removes CRIU's rules of this workload, out of those listed by {@link CriuRules#list}. */
    static List<Message> removeRules(Host host, String listed, Set<String> addresses, Set<Integer> ports)
            throws InterruptedException {
        List<List<String>> removals = CriuRules.removals(listed, addresses, ports);
        if (removals.isEmpty()) {
            return List.of();
        }
        String script = removals.stream()
                .map(command -> join(command) + " || failed=$?")
                .collect(Collectors.joining("\n", "failed=0\n", "\n[ \"$failed\" = 0 ]"));
        CommandResult result = host.run(Scripts.command(script), TIMEOUT);
        return result.ok() ? List.of() : List.of(problem(host, result));
    }

    /** Script lines that remove containers by ID; one that runs is never touched, and makes the script fail. */
    static String removeStopped(Collection<String> ids) {
        return """
                for id in %s; do
                  podman container exists "$id" || continue
                  state=$(podman container inspect --format '{{.State.Status}}' "$id")
                  case $state in
                    running | paused | stopping) echo "container $id is $state and stays" >&2; exit 73 ;;
                    *) podman container rm -f -t 0 "$id" >/dev/null || exit 73 ;;
                  esac
                done
                """.formatted(join(List.copyOf(ids)));
    }

    /** Script lines, in the control directory, that close the link and remove archives and record: it is over. */
    static String control(Move move) {
        return control(move.record());
    }

    /** As {@link #control(Move)}. */
    static String control(MigrationRecord record) {
        return """
                [ ! -S link ] || ssh -o ControlPath="$PWD/link" -O exit closed >/dev/null 2>&1
                rm -rf -- %s
                %s
                rm -f record stages link.err volumes.began
                """.formatted(quote(record.staging()), MemoryAhead.forget());
    }

    private static Message problem(Host host, CommandResult result) {
        return Message.of("migrate/podman.leftovers", host.name(), result.complaint());
    }
}
