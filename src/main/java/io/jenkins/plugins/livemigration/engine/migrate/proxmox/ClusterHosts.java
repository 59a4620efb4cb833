package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.RunningCommand;
import io.jenkins.plugins.livemigration.engine.remote.ShellWords;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The nodes of a cluster, reached over SSH: a node that is a host of the plan directly, any other from the entry node by the
 * way that the nodes use among themselves.
 */
final class ClusterHosts {
    private static final Duration QUICK = Duration.ofSeconds(30);

    private final Hosts hosts;
    private final Host entry;
    private Optional<JsonNode> members = Optional.empty();

    ClusterHosts(Hosts hosts, String entry) {
        this.hosts = hosts;
        this.entry = hosts.host(entry);
    }

    Host entry() {
        return entry;
    }

    /** Those of these nodes that are hosts of the plan, and the entry. */
    List<Host> known(List<String> nodes) {
        Set<Host> known = new LinkedHashSet<>(List.of(entry));
        hosts.all().stream().filter(host -> nodes.contains(host.name())).forEach(known::add);
        return List.copyOf(known);
    }

    /** What the cluster's file system says of its members; empty if it cannot be read. */
    Optional<JsonNode> members() throws InterruptedException {
        if (members.isEmpty()) {
            CommandResult read = entry.run("cat /etc/pve/.members", QUICK);
            try {
                members = read.ok() ? Optional.ofNullable(new ObjectMapper().readTree(read.out())) : Optional.empty();
            } catch (JsonProcessingException otherForm) {
                members = Optional.empty();
            }
        }
        return members;
    }

    /** Reads the members anew. */
    void forget() {
        members = Optional.empty();
    }

    /** Runs a short command on a node. */
    CommandResult run(String node, String command) throws InterruptedException {
        Optional<Host> direct = direct(node);
        return direct.isPresent() ? direct.get().run(command, QUICK) : entry.run(hop(node, command), QUICK);
    }

    /** Runs a short command on the entry node. */
    CommandResult atEntry(String command) throws InterruptedException {
        return entry.run(command, QUICK);
    }

    /** Starts a long command on a node. */
    RunningCommand start(String node, String command, Consumer<String> lines) throws InterruptedException {
        Optional<Host> direct = direct(node);
        return direct.isPresent() ? direct.get().start(command, lines) : entry.start(hop(node, command), lines);
    }

    private Optional<Host> direct(String node) throws InterruptedException {
        Optional<Host> named =
                hosts.all().stream().filter(host -> host.name().equals(node)).findFirst();
        if (named.isPresent()) {
            return named;
        }
        boolean entryItself = members()
                .filter(all -> all.path("nodename").asText().equals(node))
                .isPresent();
        return entryItself ? Optional.of(entry) : Optional.empty();
    }

    /** As PVE/SSHInfo.pm does it: every node has every node's key under its name. */
    private String hop(String node, String command) throws InterruptedException {
        String address = members()
                .map(all -> all.path("nodelist").path(node).path("ip").asText(""))
                .filter(ip -> !ip.isEmpty())
                .orElse(node);
        return "exec ssh -e none -o BatchMode=yes -o ConnectTimeout=10 -o "
                + ShellWords.quote("HostKeyAlias=" + node) + " " + ShellWords.quote("root@" + address) + " "
                + ShellWords.quote(command);
    }
}
