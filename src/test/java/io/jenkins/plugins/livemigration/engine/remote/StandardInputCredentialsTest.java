package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.livemigration.engine.remote.Credentials.Credential;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardInputCredentialsTest {

    @Test
    void readsPasswordsAndKeys() {
        Credentials credentials = StandardInputCredentials.parse("""
                {"pve": {"user": "ci@pve", "password": "hunter2"},
                 "lab": {"privateKey": "-----BEGIN", "passphrase": "open sesame"}}""");
        assertThat(credentials.find("pve").orElseThrow()).isInstanceOfSatisfying(Credential.SecretText.class, text -> {
            assertThat(text.user()).hasValue("ci@pve");
            assertThat(text.text()).isEqualTo("hunter2");
        });
        assertThat(credentials.find("lab").orElseThrow()).isInstanceOfSatisfying(Credential.PrivateKey.class, key -> {
            assertThat(key.user()).isEmpty();
            assertThat(new String(key.key(), StandardCharsets.UTF_8)).isEqualTo("-----BEGIN");
            assertThat(key.passphrase()).hasValue("open sesame");
        });
        assertThat(credentials.find("other")).isEmpty();
        assertThat(credentials.toString()).doesNotContain("hunter2", "sesame");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "[\"hunter2\"]",
                "{\"a\": \"hunter2\"}",
                "{\"a\": {\"password\": hunter2}}",
                "{\"a\": {\"password\": \"hunter2\"",
                "{\"a\": {\"password\": [\"hunter2\"]}}",
                "{\"a\": {\"password\": \"hunter2\", \"privateKey\": \"hunter2\"}}",
                "{\"a\": {\"password\": \"hunter2\", \"passphrase\": \"hunter2\"}}",
                "{\"a\": {\"pasword\": \"hunter2\"}}",
                "{\"a\": {\"user\": \"hunter2\"}}",
                "{\"a\": {}}"
            })
    void refusesAnythingElseAndRepeatsNoValue(String json) {
        assertThatThrownBy(() -> StandardInputCredentials.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("credentials")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }
}
