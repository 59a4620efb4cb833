package io.jenkins.plugins.livemigration.engine.remote;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Opens connections to one host as its plan says. */
final class SshConnector {
    /** Unanswered signs of life after which the line counts as dropped, as in OpenSSH. */
    private static final int UNANSWERED_SIGNS_OF_LIFE = 3;

    /** A host has a key of each of these kinds and shows one; a pinned fingerprint is of one of them. */
    private static final List<List<String>> KEY_KINDS = List.of(
            List.of("ssh-ed25519"),
            List.of("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"),
            List.of("rsa-sha2-512", "rsa-sha2-256"));

    private final HostPlan plan;
    private final Credentials credentials;
    private final Optional<SshHost> jump;

    SshConnector(HostPlan plan, Credentials credentials, Optional<SshHost> jump) {
        this.plan = plan;
        this.credentials = credentials;
        this.jump = jump;
    }

    /**
     * Connects, verifies the host's key and logs in. Blocks, for the connect time-out in each step at most.
     *
     * @param executor for the connection's own work
     */
    SshConnection open(Executor executor) throws Unreachable {
        SshLogin login = SshLogin.of(plan, credentials);
        HostKeys hostKeys = HostKeys.of(plan.hostKey());
        if (!(plan.hostKey() instanceof HostPlan.HostKey.Fingerprint)) {
            return open(login, hostKeys, Optional.empty(), executor);
        }
        return openPinned(login, hostKeys, executor);
    }

    /** Asks for the host's keys of all kinds until it shows the pinned one. */
    private SshConnection openPinned(SshLogin login, HostKeys hostKeys, Executor executor) throws Unreachable {
        List<String> refused = new ArrayList<>();
        for (List<String> kind : KEY_KINDS) {
            try {
                return open(login, hostKeys, Optional.of(kind), executor);
            } catch (Unreachable fault) {
                boolean otherKey = fault.reachability().cause() == Reachability.Cause.HOST_KEY_CHANGED;
                if (!otherKey && !(fault.getCause() instanceof JSchAlgoNegoFailException)) {
                    throw fault;
                }
                hostKeys.offered()
                        .map(Object::toString)
                        .filter(_key -> otherKey)
                        .ifPresent(refused::add);
            }
        }
        throw new Unreachable(Reachability.Cause.HOST_KEY_CHANGED, "the host showed " + String.join(", ", refused));
    }

    private SshConnection open(SshLogin login, HostKeys hostKeys, Optional<List<String>> keyKind, Executor executor)
            throws Unreachable {
        SshSockets sockets = new SshSockets(plan.connectTimeout(), jump);
        try {
            Session session = new JSch().getSession(login.user(), plan.address(), plan.port());
            session.setSocketFactory(sockets);
            session.setHostKeyRepository(hostKeys);
            session.setConfig("StrictHostKeyChecking", "yes");
            keyKind.ifPresent(kind -> session.setConfig("server_host_key", String.join(",", kind)));
            login.applyTo(session);
            session.setDaemonThread(true);
            session.setServerAliveInterval(millis(plan.keepAlive()));
            session.setServerAliveCountMax(UNANSWERED_SIGNS_OF_LIFE);
            session.connect(millis(plan.connectTimeout()));
            return new SshConnection(session, sockets, executor);
        } catch (JSchException fault) {
            throw explain(Unreachable.of(fault), login, hostKeys, fault);
        }
    }

    private Unreachable explain(Unreachable sorted, SshLogin login, HostKeys hostKeys, JSchException fault) {
        Reachability.Unreached reached = sorted.reachability();
        String shown = hostKeys.offered().map(HostKeys.Offered::toString).orElse("a key of an unknown kind");
        String detail = switch (reached.cause()) {
            case HOST_KEY_UNKNOWN, HOST_KEY_CHANGED -> "the host showed " + shown;
            case AUTHENTICATION -> reached.detail() + "; tried " + login;
            default -> reached.detail();
        };
        Unreachable explained = new Unreachable(reached.cause(), detail);
        explained.initCause(fault);
        return explained;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, duration.toMillis()));
    }
}
