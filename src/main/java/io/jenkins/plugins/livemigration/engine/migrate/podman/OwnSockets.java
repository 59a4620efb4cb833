package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.join;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sockets that a container's processes hold in the host's own network namespace.
 *
 * @param listening {@code tcp . 7000}, as the gate wants them
 * @param localPorts every local port, connected ones included
 */
record OwnSockets(Set<String> listening, Set<Integer> localPorts) {
    private static final Pattern PID = Pattern.compile("pid=(\\d+)");

    OwnSockets {
        listening = Set.copyOf(listening);
        localPorts = Set.copyOf(localPorts);
    }

    /** None: the containers have network namespaces of their own. */
    static OwnSockets none() {
        return new OwnSockets(Set.of(), Set.of());
    }

    /** Script lines that print what {@link #parse} reads. */
    static String script(List<String> containers) {
        return """
                for name in %s; do podman top "$name" hpid | sed -n 's/^ *\\([0-9][0-9]*\\) *$/pid \\1/p'; done
                ss -Htuanp
                """.formatted(join(containers));
    }

    /** Reads process numbers, then the lines of {@code ss}. */
    static OwnSockets parse(String text) {
        Set<String> pids = new HashSet<>();
        Set<String> listening = new TreeSet<>();
        Set<Integer> ports = new HashSet<>();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length == 2 && words[0].equals("pid")) {
                pids.add(words[1]);
            } else if (words.length >= 7 && belongsToOneOf(pids, words[6])) {
                int port = Integer.parseInt(words[4].substring(words[4].lastIndexOf(':') + 1));
                ports.add(port);
                if (words[1].equals("LISTEN") || words[1].equals("UNCONN")) {
                    listening.add(words[0] + " . " + port);
                }
            }
        }
        return new OwnSockets(listening, ports);
    }

    private static boolean belongsToOneOf(Set<String> pids, String users) {
        Matcher matcher = PID.matcher(users);
        while (matcher.find()) {
            if (pids.contains(matcher.group(1))) {
                return true;
            }
        }
        return false;
    }
}
