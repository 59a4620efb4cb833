package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.remote.Credentials.Credential;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SshLoginTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final TestSshServer server = new TestSshServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void logsInWithAPassword() throws Exception {
        assertThat(probe(server.start().plan("a"), TestSshServer.password())).isInstanceOf(Reachability.Reached.class);
    }

    @Test
    void logsInWithAPasswordThatIsAskedForInteractively() throws Exception {
        server.server.setKeyboardInteractiveAuthenticator(new DefaultKeyboardInteractiveAuthenticator());
        server.server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));
        assertThat(probe(server.start().plan("a"), TestSshServer.password())).isInstanceOf(Reachability.Reached.class);
    }

    @Test
    void triesAWrongPasswordOnceForEachWayOfAskingAndNeverShowsIt() throws Exception {
        List<String> attempts = new CopyOnWriteArrayList<>();
        server.server.setPasswordAuthenticator((user, password, session) -> {
            attempts.add(password);
            return false;
        });
        Reachability reached =
                probe(server.start().plan("a"), of(new Credential.SecretText(Optional.empty(), "wrong horse")));
        assertThat(reached).isInstanceOfSatisfying(Reachability.Unreached.class, unreached -> {
            assertThat(unreached.cause()).isEqualTo(Reachability.Cause.AUTHENTICATION);
            assertThat(unreached.detail())
                    .contains("credentials secret (password) as tester")
                    .doesNotContain("wrong horse");
        });
        assertThat(attempts).containsExactly("wrong horse", "wrong horse");
    }

    @ParameterizedTest
    @CsvSource({"ecdsa,''", "ecdsa,open sesame", "rsa,''", "rsa,open sesame"})
    void logsInWithAKeyFromACredential(String type, String passphrase) throws Exception {
        Path key = key(type, passphrase);
        server.acceptOnly(publicKey(key)).start();
        Credential credential = new Credential.PrivateKey(
                Optional.of(TestSshServer.USER),
                Files.readAllBytes(key),
                Optional.of(passphrase).filter(text -> !text.isEmpty()));
        HostPlan plan = server.plan("a");
        HostPlan otherUser = new HostPlan(
                plan.name(),
                plan.address(),
                plan.port(),
                "nobody",
                plan.credentials(),
                plan.identityFile(),
                plan.hostKey(),
                plan.jump(),
                plan.connectTimeout(),
                plan.keepAlive());
        assertThat(probe(otherUser, of(credential))).isInstanceOf(Reachability.Reached.class);
    }

    @Test
    void logsInWithAKeyFileWhosePassphraseIsASecretByItsName() throws Exception {
        Path key = key("ecdsa", "open sesame");
        server.acceptOnly(publicKey(key)).start();
        Credentials credentials = name -> Optional.of(name)
                .filter("id"::equals)
                .map(id -> new Credential.SecretText(Optional.empty(), "open sesame"));
        assertThat(probe(withKeyFile(key), credentials)).isInstanceOf(Reachability.Reached.class);
    }

    @Test
    void logsInWithAKeyOfTheAgent() throws Exception {
        Path key = key("ecdsa", "");
        server.acceptOnly(publicKey(key)).start();
        Path socket = folder.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(LONG).until(() -> Files.exists(socket));
            ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", key.toString()).redirectErrorStream(true);
            add.environment().put("SSH_AUTH_SOCK", socket.toString());
            assertThat(add.start().waitFor()).isZero();
            Files.delete(key);
            HostPlan plan = without(server.plan("a"));
            SshLogin login = SshLogin.of(plan, name -> Optional.empty(), Optional.of(socket));
            Session session = new JSch().getSession(login.user(), plan.address(), plan.port());
            session.setConfig("StrictHostKeyChecking", "no");
            login.applyTo(session);
            session.connect(10_000);
            assertThat(session.isConnected()).isTrue();
            session.disconnect();
        } finally {
            agent.destroy();
        }
    }

    private static HostPlan without(HostPlan plan) {
        return new HostPlan(
                plan.name(),
                plan.address(),
                plan.port(),
                plan.user(),
                Optional.empty(),
                Optional.empty(),
                plan.hostKey(),
                plan.jump(),
                plan.connectTimeout(),
                plan.keepAlive());
    }

    @Test
    void saysThatAKeyNeedsAPassphrase() throws Exception {
        assertMissing(probe(withKeyFile(key("ed25519", "open sesame")), name -> Optional.empty()), "passphrase");
    }

    @Test
    void saysThatAKeyFileIsMissing() throws Exception {
        assertMissing(probe(withKeyFile(folder.resolve("none")), name -> Optional.empty()), "does not exist");
    }

    @Test
    void saysThatAFileHoldsNoKey() throws Exception {
        Path file = Files.writeString(folder.resolve("id"), "hunter2");
        assertMissing(probe(withKeyFile(file), name -> Optional.empty()), "not a private key");
    }

    @Test
    void saysThatNobodyKnowsTheCredentials() throws Exception {
        assertMissing(probe(server.start().plan("a"), name -> Optional.empty()), "nobody knows");
        assertThat(server.sessionsEver).as("nothing was asked of the host").hasValue(0);
    }

    private HostPlan withKeyFile(Path key) {
        server.start();
        HostPlan plan = server.plan("a");
        return new HostPlan(
                plan.name(),
                plan.address(),
                plan.port(),
                plan.user(),
                Optional.empty(),
                Optional.of(key.toString()),
                plan.hostKey(),
                plan.jump(),
                plan.connectTimeout(),
                plan.keepAlive());
    }

    private static void assertMissing(Reachability reached, String detail) {
        assertThat(reached).isInstanceOfSatisfying(Reachability.Unreached.class, unreached -> {
            assertThat(unreached.cause()).isEqualTo(Reachability.Cause.CREDENTIALS_MISSING);
            assertThat(unreached.detail()).contains(detail).doesNotContain("hunter2");
        });
    }

    private static Credentials of(Credential credential) {
        return name -> Optional.of(credential);
    }

    private static Reachability probe(HostPlan plan, Credentials credentials) throws Exception {
        try (SshHost host = new SshHost(plan, credentials, Optional.empty())) {
            return host.probe(LONG);
        }
    }

    private Path key(String type, String passphrase) throws Exception {
        Path file = folder.resolve("id");
        Process keygen = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keygen.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keygen.waitFor()).as(said).isZero();
        return file;
    }

    private static PublicKey publicKey(Path key) throws Exception {
        return AuthorizedKeyEntry.parseAuthorizedKeyEntry(Files.readString(key.resolveSibling("id.pub")))
                .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
    }
}
