package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.join;
import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What runs on the destination of a move. */
final class DestinationScripts {
    /** Printed at the point of no return. */
    static final String OPENED = "opened";

    private DestinationScripts() {}

    /**
     * Restores all containers at once and opens the gate as soon as all run: one step without asking anybody in between,
     * so that an engine that dies meanwhile leaves either nothing running here or a service that answers.
     *
     * <p>Starts while the source is still at work: closes the gate here, and waits for the source's {@link Handover}
     * without holding anything; then takes the workload's lock like every other step, if nobody has taken over.
     *
     * <p>Prints {@code lmb arrived|restored|opened} as these happen, and afterwards {@code lmb stats NAME JSON} and
     * {@code lmb running NAME}, or {@code lmb complaint ...}. It ends with status 0 only if it opened and all run.
     */
    static String restoreAndOpen(
            WorkloadNames names,
            String token,
            String staging,
            List<ContainerFacts> containers,
            Gate gate,
            TrafficSwitch traffic,
            UnaryOperator<String> restoreOptions,
            Duration longestWait) {
        String restores = containers.stream()
                .map(container -> restore(staging, container, restoreOptions.apply(container.name())))
                .collect(Collectors.joining("\n"));
        String closing = Scripts.guarded(
                names,
                token,
                "%s || { echo 'the gate does not close' >&2; exit 80; }".formatted(gate.empty() ? ":" : gate.close()));
        return Scripts.command("(\n%s) || exit $?\n%s".formatted(closing, Handover.await(staging, longestWait))
                + Scripts.guarded(names, token, """
                control=$PWD
                complain() { echo "lmb complaint $1"; failed=yes; }
                failed=
                %1$s
                { %2$s
                } || { complain 'the address does not arrive'; exit 80; }
                { %10$s; } || { complain 'the memory is not in place'; exit 80; }
                echo 'lmb arrived'
                cd %3$s || exit 70
                %4$s
                wait
                for name in %5$s; do
                  status=none
                  [ ! -e "$name.status" ] || read -r status < "$name.status"
                  [ "$status" = 0 ] || complain "$name: $(tail -n 1 "$name.complaint")"
                done
                [ -z "$failed" ] || exit 80
                echo 'lmb restored'
                (cd "$control" && %6$s)
                { %7$s; } || { complain 'the gate does not open'; exit 80; }
                echo 'lmb %8$s'
                %9$s
                for name in %5$s; do
                  echo "lmb stats $name $(tr -d '\\n ' < "$name.stats")"
                  state=$(podman container inspect --format '{{.State.Status}}' "$name")
                  [ "$state" = running ] || complain "$name: $state"
                done
                [ -z "$failed" ]
                """.formatted(
                        Scripts.stage(Stage.RESTORING),
                        traffic.arrive(),
                        quote(staging),
                        restores,
                        join(containers.stream().map(ContainerFacts::name).toList()),
                        Scripts.stage(Stage.OPENED),
                        gate.open(),
                        OPENED,
                        traffic.announce(),
                        MemoryAhead.place())));
    }

    /** Naming the runtime spares Podman from reading the whole archive once more to find it out. */
    private static String restore(String staging, ContainerFacts container, String options) {
        String name = container.name();
        return """
                ( exec 9>&-
                  podman --runtime %4$s container restore --import=%2$s %3$s --print-stats \\
                    > %1$s.stats 2> %1$s.complaint < /dev/null
                  echo $? > %1$s.status ) &""".formatted(quote(name), quote(staging + "/" + name + ".tar"), options, quote(container.runtime()));
    }
}
