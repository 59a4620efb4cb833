package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.remote.Credentials.Credential.SecretText;
import io.jenkins.plugins.livemigration.engine.remote.HttpAnswer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of answers, names and secrets. */
class PveFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | no such VM ('100') | {"data":null}                                    | no such VM ('100')
            500 | first line         | {"data":null,"message":"first line\\nsecond\\n"} | first line\\nsecond
            200 | OK                 | {"success":0,"status":403,"message":"Permission check failed\\n","data":null} | Permission check failed
            400 | Parameter verification failed. | {"data":null,"errors":{"target":"target is local node."}} | Parameter verification failed.; target: target is local node.
            596 | ''                 | <html>                                           | HTTP 596
            """)
    void findsTheErrorsTextInEveryVersionsForm(int status, String reason, String body, String text) {
        PveAnswer answer = PveAnswer.read(new HttpAnswer.Answered(status, reason, body, Optional.empty()));

        assertThat(answer).isInstanceOf(PveAnswer.Refused.class);
        assertThat(answer.complaint()).isEqualTo(text.replace("\\n", "\n"));
    }

    @Test
    void readsBothFormsOfSuccess() {
        for (String body : new String[] {"{\"data\":7}", "{\"success\":1,\"status\":200,\"data\":7}"}) {
            PveAnswer answer = PveAnswer.read(new HttpAnswer.Answered(200, "OK", body, Optional.empty()));
            assertThat(answer.content().asInt()).isEqualTo(7);
        }
    }

    @Test
    void readsTasksNames() {
        Upid upid = Upid.parse("UPID:pve1:0002B1C4:0038D96F:6906CD7B:qmigrate:100:ci@pve!jenkins:")
                .orElseThrow();

        assertThat(upid.node()).isEqualTo("pve1");
        assertThat(upid.started()).isEqualTo(Instant.ofEpochSecond(0x6906CD7BL));
        assertThat(upid.user()).isEqualTo("ci@pve!jenkins");
        assertThat(Upid.parse("UPID:pve1:1:2:3:x:y:z")).isEmpty();
        assertThat(PveApi.encode(upid.text())).contains("ci%40pve%21jenkins%3A").doesNotContain("+");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,              ci@pve!j=12-34,             ci@pve!j
            -,              PVEAPIToken=ci@pve!j=12-34, ci@pve!j
            ci@pve!j,       12-34,                      ci@pve!j
            root@pam,       secret,                     root@pam
            root@pam,       with=equals!and,            root@pam
            -,              secret,                     -
            """)
    void tellsTokensFromPasswords(String user, String text, String caller) {
        Optional<String> found = PveLogin.of(
                        new SecretText(Optional.empty(), text), Optional.ofNullable(user), System::nanoTime)
                .map(PveLogin::caller);

        assertThat(found).isEqualTo(Optional.ofNullable(caller));
    }

    @Test
    void aTokenOfRootsIsNotRoot() {
        PveLogin token = PveLogin.of(
                        new SecretText(Optional.empty(), "root@pam!x=1"), Optional.empty(), System::nanoTime)
                .orElseThrow();

        assertThat(token.isRootItself()).isFalse();
        assertThat(token.headers(true)).isEqualTo(Map.of("Authorization", "PVEAPIToken=root@pam!x=1"));
    }

    @ParameterizedTest
    @CsvSource({"7.4-17, 8.0.0, -1", "8.4.1, 8.4.14, 0", "9.0.10, 8.4.1, 1"})
    void comparesVersions(String one, String other, int sign) {
        assertThat(Integer.signum(PveVersion.parse(one)
                        .orElseThrow()
                        .compareTo(PveVersion.parse(other).orElseThrow())))
                .isEqualTo(sign);
    }
}
