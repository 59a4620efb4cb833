package io.jenkins.plugins.livemigration.engine.remote;

import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/**
 * A real SSH server in this process, on a free port of the loopback. Its commands are real processes, each in a session
 * of its own, as OpenSSH has it. It counts sessions and the requests to execute something.
 */
final class TestSshServer implements AutoCloseable {
    static final String USER = "tester";
    static final String PASSWORD = "correct horse";

    final SshServer server = SshServer.setUpDefaultServer();
    final AtomicInteger sessionsEver = new AtomicInteger();
    final AtomicInteger executions = new AtomicInteger();
    final List<KeyPair> hostKeys;
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private volatile String loginShell = "sh";

    TestSshServer() {
        this(List.of(rsa()));
    }

    TestSshServer(List<KeyPair> hostKeys) {
        this.hostKeys = hostKeys;
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
        server.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
        server.setCommandFactory((channel, command) -> {
            executions.incrementAndGet();
            return new ProcessCommand(List.of("setsid", loginShell, "-c", command));
        });
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                sessionsEver.incrementAndGet();
                sessions.add(session);
            }

            @Override
            public void sessionClosed(Session session) {
                sessions.remove(session);
            }
        });
    }

    TestSshServer start() {
        try {
            server.start();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return this;
    }

    static KeyPair rsa() {
        return keys("RSA", 2048);
    }

    static KeyPair ecdsa() {
        return keys("EC", 256);
    }

    private static KeyPair keys(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What runs the clients' commands instead of sh; gets {@code -c COMMAND}. */
    TestSshServer loginShell(String shell) {
        loginShell = shell;
        return this;
    }

    /** Refuses more than so many commands at once, as OpenSSH with MaxSessions. */
    TestSshServer maxSessions(int limit) {
        AtomicInteger open = new AtomicInteger();
        server.setChannelFactories(List.of(new ChannelSessionFactory() {
            @Override
            public Channel createChannel(Session session) {
                return new LimitedChannel(open, limit);
            }
        }));
        return this;
    }

    private static final class LimitedChannel extends ChannelSession {
        private final AtomicInteger open;
        private final int limit;

        LimitedChannel(AtomicInteger open, int limit) {
            this.open = open;
            this.limit = limit;
        }

        @Override
        public OpenFuture open(long recipient, long windowSize, long packetSize, Buffer buffer) {
            if (open.getAndUpdate(now -> Math.min(limit, now + 1)) < limit) {
                addCloseFutureListener(closed -> open.decrementAndGet());
                return super.open(recipient, windowSize, packetSize, buffer);
            }
            DefaultOpenFuture refusal = new DefaultOpenFuture(this, this);
            refusal.setException(new SshChannelOpenException(
                    getChannelId(), SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "too many sessions"));
            return refusal;
        }
    }

    TestSshServer acceptOnly(PublicKey key) {
        server.setPasswordAuthenticator(null);
        server.setPublickeyAuthenticator(
                (user, offered, session) -> user.equals(USER) && KeyUtils.compareKeys(key, offered));
        return this;
    }

    int port() {
        return server.getPort();
    }

    /** Cuts all connections, without a word. */
    void cut() {
        sessions.forEach(session -> session.close(true));
    }

    String fingerprint(int key) {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKeys.get(key).getPublic());
    }

    /** How a known_hosts file names this server. */
    String knownName() {
        return "[127.0.0.1]:" + port();
    }

    /** A host key as a known_hosts file has it. */
    String keyText(int key) {
        return PublicKeyEntry.toString(hostKeys.get(key).getPublic());
    }

    HostPlan plan(String name) {
        return plan(name, new HostPlan.HostKey.Insecure());
    }

    HostPlan plan(String name, HostPlan.HostKey hostKey) {
        return new HostPlan(
                name,
                "127.0.0.1",
                port(),
                USER,
                Optional.of("secret"),
                Optional.empty(),
                hostKey,
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30));
    }

    static Credentials password() {
        return name -> Optional.of(new Credentials.Credential.SecretText(Optional.empty(), PASSWORD));
    }

    static HostPlan.HostKey knownHosts(Path file) {
        return new HostPlan.HostKey.KnownHosts(file.toString());
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** A process whose streams are the channel's; its signals are told as OpenSSH tells them. */
    private static final class ProcessCommand implements Command {
        private final List<String> words;
        private InputStream in;
        private OutputStream out;
        private OutputStream err;
        private ExitCallback exit;
        private Process process;

        ProcessCommand(List<String> words) {
            this.words = words;
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) throws IOException {
            process = new ProcessBuilder(words).start();
            copy(in, process.getOutputStream());
            Thread errors = copy(process.getErrorStream(), err);
            Thread outputs = copy(process.getInputStream(), out);
            thread(() -> {
                int code = process.waitFor();
                outputs.join();
                errors.join();
                exit.onExit(code);
            });
        }

        private static Thread copy(InputStream from, OutputStream to) {
            return thread(() -> {
                byte[] buffer = new byte[1 << 15];
                try (to) {
                    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                        to.write(buffer, 0, count);
                        to.flush();
                    }
                }
            });
        }

        private interface Work {
            void run() throws IOException, InterruptedException;
        }

        private static Thread thread(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException | InterruptedException gone) {
                    // the channel or the process is
                }
            });
            thread.setDaemon(true);
            thread.start();
            return thread;
        }

        /** The channel is gone. As with OpenSSH, the process is not. */
        @Override
        public void destroy(ChannelSession channel) {
            try {
                process.getOutputStream().close();
            } catch (IOException gone) {
                // so is its input
            }
        }
    }
}
