package io.jenkins.plugins.livemigration.engine.remote;

import com.jcraft.jsch.AgentConnector;
import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.Session;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.remote.Credentials.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Vector;

/**
 * Who logs in and how: a key (from a credential or a file), a password (also asked for interactively by the host), or,
 * where the plan names neither, what ssh itself would try: the user's agent and default keys.
 */
final class SshLogin {
    private static final List<String> DEFAULT_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    private final String user;
    private final String what;
    private final IdentityRepository identities;
    private final Optional<String> password;

    private SshLogin(String user, String what, IdentityRepository identities, Optional<String> password) {
        this.user = user;
        this.what = what;
        this.identities = identities;
        this.password = password;
    }

    String user() {
        return user;
    }

    /** What the host was shown, without any secret: {@code key /root/.ssh/lab as root}. */
    @Override
    public String toString() {
        return what + " as " + user;
    }

    /** @throws Unreachable if a credential or key that the plan names cannot be had */
    static SshLogin of(HostPlan plan, Credentials credentials) throws Unreachable {
        return of(
                plan,
                credentials,
                Optional.ofNullable(System.getenv("SSH_AUTH_SOCK")).map(Path::of));
    }

    /** @param agentSocket where the user's ssh-agent listens */
    static SshLogin of(HostPlan plan, Credentials credentials, Optional<Path> agentSocket) throws Unreachable {
        Optional<Credential> credential = Optional.empty();
        if (plan.credentials().isPresent()) {
            String name = plan.credentials().get();
            credential = credentials.find(name);
            if (credential.isEmpty()) {
                throw missing(name + ": " + credentials.objection(name).orElse("nobody knows them"));
            }
        }
        String user = credential.flatMap(Credential::user).orElse(plan.user());
        JSch keys = new JSch();
        if (plan.identityFile().isPresent()) {
            return keyFile(user, keys, UserFiles.resolve(plan.identityFile().get()), credentials);
        }
        if (credential.isPresent() && credential.get() instanceof Credential.PrivateKey key) {
            String name = "credentials " + plan.credentials().orElse("");
            add(keys, name, key.key(), key.passphrase().map(SshLogin::bytes));
            return new SshLogin(user, name + " (key)", keys.getIdentityRepository(), Optional.empty());
        }
        if (credential.isPresent() && credential.get() instanceof Credential.SecretText text) {
            String name = "credentials " + plan.credentials().orElse("") + " (password)";
            return new SshLogin(user, name, keys.getIdentityRepository(), Optional.of(text.text()));
        }
        return likeSsh(user, keys, agentSocket);
    }

    /** The passphrase of an encrypted key is a secret by the file's name. */
    private static SshLogin keyFile(String user, JSch keys, Path file, Credentials credentials) throws Unreachable {
        byte[] key;
        try {
            key = Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw missing("the key " + file + " does not exist or cannot be read");
        }
        Optional<byte[]> passphrase = Optional.empty();
        if (encrypted(key)
                && credentials.find(String.valueOf(file.getFileName())).orElse(null)
                        instanceof Credential.SecretText text) {
            passphrase = Optional.of(bytes(text.text()));
        }
        add(keys, "the key " + file, key, passphrase);
        return new SshLogin(user, "key " + file, keys.getIdentityRepository(), Optional.empty());
    }

    private static boolean encrypted(byte[] key) {
        try {
            return KeyPair.load(new JSch(), key, null).isEncrypted();
        } catch (JSchException malformed) {
            return false;
        }
    }

    private static void add(JSch keys, String name, byte[] key, Optional<byte[]> passphrase) throws Unreachable {
        try {
            keys.addIdentity(name, key, null, passphrase.orElse(null));
        } catch (JSchException malformed) {
            throw missing(name + ": not a private key in OpenSSH or PEM form");
        }
        for (Identity identity : keys.getIdentityRepository().getIdentities()) {
            if (identity.isEncrypted()) {
                throw missing(name + (passphrase.isEmpty() ? " needs a passphrase" : " has another passphrase"));
            }
        }
    }

    private static SshLogin likeSsh(String user, JSch keys, Optional<Path> agentSocket) {
        for (String name : DEFAULT_KEYS) {
            Path file = UserFiles.home().resolve(".ssh").resolve(name);
            try {
                if (Files.isReadable(file)) {
                    keys.addIdentity(file.toString());
                }
            } catch (JSchException unusable) {
                // as ssh does, go on with the next
            }
        }
        IdentityRepository files = keys.getIdentityRepository();
        return new SshLogin(
                user,
                "ssh-agent and default keys",
                agent(agentSocket)
                        .<IdentityRepository>map(agent -> new Several(agent, files))
                        .orElse(files),
                Optional.empty());
    }

    private static Optional<IdentityRepository> agent(Optional<Path> socket) {
        if (socket.isEmpty()) {
            return Optional.empty();
        }
        try {
            AgentConnector connector = new SSHAgentConnector(socket.get());
            return connector.isAvailable() ? Optional.of(new AgentIdentityRepository(connector)) : Optional.empty();
        } catch (AgentProxyException none) {
            return Optional.empty();
        }
    }

    private static Unreachable missing(String detail) {
        return new Unreachable(Reachability.Cause.CREDENTIALS_MISSING, detail);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Makes a session log in so. */
    void applyTo(Session session) {
        session.setIdentityRepository(identities);
        if (password.isPresent()) {
            session.setConfig("PreferredAuthentications", "password,keyboard-interactive");
            // one for each; JSch would else try an empty password next
            session.setConfig("MaxAuthTries", "2");
        } else {
            session.setConfig("PreferredAuthentications", "publickey");
        }
        session.setUserInfo(new SshAnswers(password));
    }

    /** The keys of an agent, then those of files. */
    private static final class Several implements IdentityRepository {
        private final IdentityRepository agent;
        private final IdentityRepository files;

        Several(IdentityRepository agent, IdentityRepository files) {
            this.agent = agent;
            this.files = files;
        }

        @Override
        public String getName() {
            return "ssh-agent and default keys";
        }

        @Override
        public int getStatus() {
            return RUNNING;
        }

        @Override
        @SuppressWarnings("JdkObsolete")
        public Vector<Identity> getIdentities() {
            Vector<Identity> all = new Vector<>(agent.getIdentities());
            files.getIdentities().stream()
                    .filter(identity -> !identity.isEncrypted())
                    .forEach(all::add);
            return all;
        }

        @Override
        public boolean add(byte[] identity) {
            return false;
        }

        @Override
        public boolean remove(byte[] blob) {
            return false;
        }

        @Override
        public void removeAll() {
            // the user's keys are not ours to remove
        }
    }
}
