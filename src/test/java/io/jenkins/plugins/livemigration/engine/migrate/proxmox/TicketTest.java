package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveDouble;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.remote.Credentials.Credential.SecretText;
import io.jenkins.plugins.livemigration.engine.remote.HttpApi;
import io.jenkins.plugins.livemigration.engine.remote.HttpTrust;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A password that becomes a ticket, and the ticket's life. */
class TicketTest extends ApiTestBase {
    private final AtomicLong clock = new AtomicLong();

    @ParameterizedTest
    @EnumSource
    void isRenewedByItselfAfterAnHourAndByThePasswordWhenItIsTooOld(PveRelease release) throws Exception {
        start(release, 1);
        try (PveApi session = session()) {
            assertThat(session.get("/version")).isInstanceOf(PveAnswer.Ok.class);
            pass(Duration.ofMinutes(59));
            assertThat(session.get("/version")).isInstanceOf(PveAnswer.Ok.class);
            assertThat(passwords()).containsExactly(PveDouble.PASSWORD);

            pass(Duration.ofMinutes(2));
            assertThat(session.get("/version")).isInstanceOf(PveAnswer.Ok.class);
            assertThat(passwords()).hasSize(2).last().asString().startsWith("PVE:root@pam:");

            pass(Duration.ofHours(3));
            api.expireTickets();
            assertThat(session.get("/version")).isInstanceOf(PveAnswer.Ok.class);
            assertThat(passwords()).hasSize(4).last().isEqualTo(PveDouble.PASSWORD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesCarryTheTokenAgainstForgery(PveRelease release) throws Exception {
        start(release, 1);
        try (PveApi session = session()) {
            assertThat(session.put("/nodes/sabda/qemu/100/config", Map.of("description", "mine")))
                    .as("the double refuses it without")
                    .isInstanceOf(PveAnswer.Ok.class);
        }
        assertThat(cluster.description).isEqualTo("mine");
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private List<String> passwords() {
        return api.calls("POST", "/access/ticket").stream()
                .map(call -> call.form().get("password"))
                .toList();
    }

    private PveApi session() {
        PveLogin login = PveLogin.of(
                        new SecretText(Optional.empty(), PveDouble.PASSWORD), Optional.of("root@pam"), clock::get)
                .orElseThrow();
        HttpApi http = new HttpApi(
                new HttpTrust.Pinned(Set.of(certificate.fingerprint())), Duration.ofSeconds(5), Duration.ofSeconds(5));
        return new PveApi(api.urls(), http, login, QUICK);
    }
}
