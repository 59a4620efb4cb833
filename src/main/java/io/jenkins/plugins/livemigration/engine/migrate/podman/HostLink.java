package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.join;
import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * How one host reaches the other: with its own {@code ssh}, its own keys and its own known hosts. The payload goes straight
 * from host to host.
 *
 * @param destination the other host, as the plan addresses it
 * @param controlPath socket of a connection that is kept open, shared by all that goes over this link; empty for a new
 *     connection each time
 */
record HostLink(HostPlan destination, String controlPath) {
    /** A dead line is noticed after twice this, in seconds. */
    private static final int ALIVE_SECONDS = 3;

    /** {@code ssh}, its options and the destination, as words. */
    private List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                "ssh",
                "-o",
                "BatchMode=yes",
                "-o",
                "ConnectTimeout=10",
                "-o",
                "ServerAliveInterval=" + ALIVE_SECONDS,
                "-o",
                "ServerAliveCountMax=2",
                // The fastest that every OpenSSH of the last ten years has, where the processor knows AES.
                "-o",
                "Ciphers=^aes128-gcm@openssh.com",
                "-p",
                String.valueOf(destination.port())));
        if (!controlPath.isEmpty()) {
            words.addAll(List.of("-o", "ControlPath=" + controlPath));
        }
        return words;
    }

    private String target() {
        return destination.user() + "@" + destination.address();
    }

    /** A command line that runs a command on the other host. */
    String ssh(String remoteCommand) {
        List<String> words = words();
        words.add(target());
        return join(words) + " " + quote(remoteCommand);
    }

    /** The shell that rsync goes through, one word. */
    String rsyncShell() {
        return quote(join(words()));
    }

    /** {@code user@host:} for rsync. */
    String rsyncTarget(String path) {
        return quote(target() + ":" + path);
    }

    /** Script lines that open the kept connection; they end when it stands. */
    String open() {
        List<String> words = words();
        words.addAll(List.of("-o", "ControlMaster=yes", "-o", "ControlPersist=600", "-fN", target()));
        return join(words) + " </dev/null >/dev/null 2>link.err 9>&- || { cat link.err >&2; exit 69; }";
    }

    /** Script lines that close it; no fault if it is closed. */
    String close() {
        List<String> words = words();
        words.addAll(List.of("-O", "exit", target()));
        return join(words) + " >/dev/null 2>&1 || true";
    }
}
