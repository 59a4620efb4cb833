package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.join;
import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import java.time.Duration;
import java.util.List;

/** Asks a host what it knows of the workload. */
final class SideInspection {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TAKE_OVER_TIMEOUT = TIMEOUT.plusSeconds(Scripts.LOCK_WAIT_SECONDS);

    private final WorkloadNames names;
    private final List<String> containers;
    private final TrafficSwitch traffic;

    SideInspection(WorkloadNames names, List<String> containers, TrafficSwitch traffic) {
        this.names = names;
        this.containers = List.copyOf(containers);
        this.traffic = traffic;
    }

    /** What came of asking. */
    sealed interface Answer {}

    /** It said. */
    record Told(SideReport report) implements Answer {}

    /** It did not, or not in full; so nothing is known of it. */
    record Silent(String why) implements Answer {}

    /** Looks, and changes nothing. */
    Answer look(Host host) throws InterruptedException {
        String script = "if cd " + quote(names.directory()) + " 2>/dev/null; then here=yes; else here=; fi\n" + body();
        return read(host.run(Scripts.command(script), TIMEOUT));
    }

    /**
     * Waits until no step of the workload runs there any more, fences all earlier migrations off, and looks. After this
     * nobody but the bearer of {@code token} changes the workload there.
     */
    Answer takeOver(Host host, String token) throws InterruptedException {
        return read(
                host.run(Scripts.command(Scripts.takingOver(names, token, "here=yes\n" + body())), TAKE_OVER_TIMEOUT));
    }

    /** Script lines that print the report; expects {@code $here} to be non-empty in a control directory. */
    private String body() {
        return """
                pages_are_there() {
                %s
                }
                for name in %s; do
                  podman container exists "$name"
                  case $? in
                    0) set -- $(podman container inspect --format '{{.Id}} {{.State.Status}} {{.State.Pid}} {{.StaticDir}}' "$name")
                       resumable=no
                       [ ! -e "$4/checkpoint/inventory.img" ] || resumable=yes
                       pages_are_there "$4/checkpoint" || resumable=no
                       echo "container $name $1 $2 $3 $resumable" ;;
                    1) echo "container $name - absent 0 no" ;;
                    *) exit 1 ;;
                  esac
                done
                if [ -n "$here" ]; then
                  [ ! -e record ] || sed 's/^/record /' record
                  [ ! -e stages ] || sed 's/^/stage /' stages
                  staging=$(sed -n 's/^staging=//p' record 2>/dev/null)
                  for name in %s; do
                    [ -z "$staging" ] || [ ! -e "$staging/$name.whole" ] || echo "archive $name"
                  done
                fi
                %s
                echo end
                """.formatted(PagesBeside.areThere(), join(containers), join(containers), traffic.reportPresence());
    }

    private static Answer read(CommandResult result) {
        if (!result.ok()) {
            return new Silent(result.complaint());
        }
        try {
            return new Told(SideReport.parse(result.out()));
        } catch (IllegalArgumentException unreadable) {
            return new Silent(String.valueOf(unreadable.getMessage()));
        }
    }
}
