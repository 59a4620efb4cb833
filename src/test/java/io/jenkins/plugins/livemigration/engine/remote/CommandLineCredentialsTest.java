package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.remote.Credentials.Credential;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineCredentialsTest {
    private static final String KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void lookHere() {
        environment.put("LMB_CREDENTIALS_DIR", folder.toString());
    }

    private CommandLineCredentials credentials() {
        return new CommandLineCredentials(environment, name -> {
            asked.add(name);
            return Optional.empty();
        });
    }

    @Test
    void theEnvironmentComesBeforeTheFile() throws Exception {
        environment.put("LMB_CREDENTIAL_PVE_TOKEN_2", "from environment");
        file("pve.token-2", "from file", "rw-------");
        assertThat(text(credentials().find("pve.token-2"))).isEqualTo("from environment");
        assertThat(asked).isEmpty();
    }

    @Test
    void aFileLosesItsLastLineEndOnly() throws Exception {
        file("token", " a b \n\n", "rw-------");
        assertThat(text(credentials().find("token"))).isEqualTo(" a b \n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
    void refusesAFileThatOthersMayReadOrWrite(String permissions) throws Exception {
        file("token", "hunter2", permissions);
        CommandLineCredentials credentials = credentials();
        assertThat(credentials.find("token")).isEmpty();
        assertThat(credentials.objection("token"))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("chmod 600", folder.resolve("token").toString())
                        .doesNotContain("hunter2"));
    }

    @Test
    void aKeyIsToldFromAPasswordByItsBeginning() throws Exception {
        environment.put("LMB_CREDENTIAL_LAB", KEY);
        file("lab.passphrase", "open sesame\n", "rw-------");
        assertThat(credentials().find("lab").orElseThrow()).isInstanceOfSatisfying(Credential.PrivateKey.class, key -> {
            assertThat(new String(key.key(), StandardCharsets.UTF_8)).isEqualTo(KEY + "\n");
            assertThat(key.passphrase()).hasValue("open sesame");
        });
    }

    @Test
    void asksOncePerName() {
        CommandLineCredentials credentials = new CommandLineCredentials(environment, name -> {
            asked.add(name);
            return Optional.of("secret of " + name);
        });
        assertThat(text(credentials.find("a"))).isEqualTo("secret of a");
        assertThat(text(credentials.find("a"))).isEqualTo("secret of a");
        assertThat(text(credentials.find("b"))).isEqualTo("secret of b");
        assertThat(asked).containsExactly("a", "b");
    }

    @Test
    void asksOncePerNameEvenIfNobodyKnows() {
        CommandLineCredentials credentials = credentials();
        assertThat(credentials.find("a")).isEmpty();
        assertThat(credentials.find("a")).isEmpty();
        assertThat(asked).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../token", "/etc/passwd", ".", "..", ".hidden", ""})
    void leadsOutOfItsDirectoryByNoName(String name) throws Exception {
        file("token", "hunter2", "rw-------");
        environment.put(
                "LMB_CREDENTIALS_DIR",
                Files.createDirectory(folder.resolve("sub")).toString());
        assertThat(credentials().find(name)).isEmpty();
    }

    @Test
    void nothingOfASecretShowsInItsTextForm() {
        environment.put("LMB_CREDENTIAL_A", "hunter2");
        CommandLineCredentials credentials = credentials();
        assertThat(credentials.find("a").orElseThrow() + " " + credentials).doesNotContain("hunter2");
    }

    private static String text(Optional<Credential> credential) {
        return ((Credential.SecretText) credential.orElseThrow()).text();
    }

    private void file(String name, String content, String permissions) throws Exception {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
