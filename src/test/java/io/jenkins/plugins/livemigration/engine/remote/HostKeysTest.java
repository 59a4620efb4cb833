package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostKeysTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private TestSshServer server;

    @BeforeEach
    void start() {
        server = new TestSshServer(List.of(TestSshServer.ecdsa(), TestSshServer.rsa())).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void acceptsAKeyOfTheFile() throws Exception {
        assertReached(TestSshServer.knownHosts(file(server.knownName(), server.keyText(0))));
    }

    @Test
    void acceptsAKeyOfTheFileWhoseHostIsHashed() throws Exception {
        Path file = file(server.knownName(), server.keyText(0));
        Process hash = new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        hash.getInputStream().readAllBytes();
        assertThat(hash.waitFor()).isZero();
        assertThat(Files.readString(file)).startsWith("|1|").doesNotContain("127.0.0.1");
        assertReached(TestSshServer.knownHosts(file));
    }

    @Test
    void asksForTheKindOfKeyThatTheFileHas() throws Exception {
        assertReached(TestSshServer.knownHosts(file(server.knownName(), server.keyText(1))));
    }

    @Test
    void refusesAHostThatTheFileDoesNotName() throws Exception {
        assertRefused(
                TestSshServer.knownHosts(file("other.example.org", server.keyText(0))),
                Reachability.Cause.HOST_KEY_UNKNOWN,
                server.fingerprint(0));
    }

    @Test
    void refusesAHostWhoseKeyIsAnotherThanTheFiles() throws Exception {
        try (TestSshServer other = new TestSshServer(List.of(TestSshServer.ecdsa()))) {
            assertRefused(
                    TestSshServer.knownHosts(file(server.knownName(), other.keyText(0))),
                    Reachability.Cause.HOST_KEY_CHANGED,
                    server.fingerprint(0));
        }
    }

    @Test
    void refusesARevokedKey() throws Exception {
        assertRefused(
                TestSshServer.knownHosts(file("@revoked " + server.knownName(), server.keyText(0))),
                Reachability.Cause.HOST_KEY_CHANGED,
                server.fingerprint(0));
    }

    @Test
    void saysThatTheFileIsMissing() throws Exception {
        assertRefused(
                TestSshServer.knownHosts(folder.resolve("none")),
                Reachability.Cause.HOST_KEY_UNKNOWN,
                "does not exist");
    }

    @Test
    void acceptsAPinnedKeyOfWhateverKind() throws Exception {
        assertReached(new HostPlan.HostKey.Fingerprint(server.fingerprint(0)));
        assertReached(new HostPlan.HostKey.Fingerprint(server.fingerprint(1)));
    }

    @Test
    void refusesAHostThatDoesNotShowThePinnedKey() throws Exception {
        assertRefused(
                new HostPlan.HostKey.Fingerprint("SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                Reachability.Cause.HOST_KEY_CHANGED,
                server.fingerprint(1));
    }

    @Test
    void acceptsAnyKeyOnlyWhenAskedTo() throws Exception {
        assertReached(new HostPlan.HostKey.Insecure());
    }

    private Path file(String name, String key) throws Exception {
        return Files.writeString(folder.resolve("known_hosts"), name + " " + key + "\n");
    }

    private void assertReached(HostPlan.HostKey hostKey) throws Exception {
        assertThat(probe(hostKey)).isInstanceOf(Reachability.Reached.class);
    }

    private void assertRefused(HostPlan.HostKey hostKey, Reachability.Cause cause, String detail) throws Exception {
        assertThat(probe(hostKey)).isInstanceOfSatisfying(Reachability.Unreached.class, unreached -> {
            assertThat(unreached.cause()).isEqualTo(cause);
            assertThat(unreached.detail()).contains(detail);
        });
        assertThat(server.executions).as("commands that a refused host saw").hasValue(0);
    }

    private Reachability probe(HostPlan.HostKey hostKey) throws Exception {
        try (SshHost host = new SshHost(server.plan("a", hostKey), TestSshServer.password(), Optional.empty())) {
            return host.probe(LONG);
        }
    }
}
