package io.jenkins.plugins.livemigration.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class MaskingTest {
    private static Masking of(String credentials) throws Exception {
        return Masking.of(new ObjectMapper().readTree(credentials));
    }

    @Test
    void hidesPasswordsAndTokensInWholeAndInPart() throws Exception {
        Masking masking = of("""
                {"host": {"user": "root", "password": "hunter2"},
                 "pve-token": {"password": "ci@pve!jenkins=0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"}}
                """);
        assertThat(masking.hide("root with hunter2")).isEqualTo("root with ****");
        assertThat(masking.hide("401 ci@pve!jenkins=0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0 refused"))
                .isEqualTo("401 **** refused");
        assertThat(masking.hide("token value 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"))
                .isEqualTo("token value ****");
    }

    @Test
    void hidesAKeyLineByLine() throws Exception {
        Masking masking = of("""
                {"key": {"user": "root", "passphrase": "open sesame",
                         "privateKey": "-----BEGIN KEY-----\\nAAAAB3NzaC1yc2EAAAADAQABAAABgQ\\nshort\\n-----END KEY-----\\n"}}
                """);
        assertThat(masking.hide("a AAAAB3NzaC1yc2EAAAADAQABAAABgQ b\n-----BEGIN KEY----- short open sesame"))
                .isEqualTo("a **** b\n-----BEGIN KEY----- short ****");
    }

    @Test
    void hidesTheLongerOfTwo() throws Exception {
        Masking masking = of("{\"a\": {\"password\": \"abc\"}, \"b\": {\"password\": \"abcdef\"}}");
        assertThat(masking.hide("abcdef abc")).isEqualTo("**** ****");
    }

    @Test
    void anEmptyPasswordHidesNothing() throws Exception {
        assertThat(of("{\"a\": {\"password\": \"\"}}").hide("text")).isEqualTo("text");
    }
}
