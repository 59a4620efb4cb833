package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReachabilityMessagesTest {
    private static final HostPlan HOST = new HostPlan(
            "alpha",
            "alpha.example.org",
            2222,
            "root",
            Optional.of("lab-key"),
            Optional.empty(),
            new HostPlan.HostKey.KnownHosts("/etc/lab/known_hosts"),
            Optional.empty(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5));

    @ParameterizedTest
    @EnumSource(Reachability.Cause.class)
    void everyCauseNamesTheHostTheDetailAndARemedyInBothLanguages(Reachability.Cause cause) {
        ReachabilityMessages messages = ReachabilityMessages.of(HOST, new Reachability.Unreached(cause, "the detail"));
        for (Locale language : new Locale[] {Locale.ENGLISH, Locale.forLanguageTag("id")}) {
            assertThat(messages.problem().render(language))
                    .startsWith("Host alpha")
                    .contains("alpha.example.org", "2222", "the detail")
                    .doesNotContain("{", "remote.");
            assertThat(messages.remedy().render(language))
                    .hasSizeGreaterThan(20)
                    .doesNotContain("{", "remote.");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST_KEY_UNKNOWN", "HOST_KEY_CHANGED"})
    void faultsOfTheHostKeyNameTheFileToLookInto(Reachability.Cause cause) {
        assertThat(ReachabilityMessages.of(HOST, new Reachability.Unreached(cause, ""))
                        .remedy()
                        .render(Locale.ENGLISH))
                .contains("/etc/lab/known_hosts", "hosts.alpha.hostKey");
    }

    @ParameterizedTest
    @EnumSource(names = "CREDENTIALS_MISSING")
    void missingCredentialsNameTheVariableToSet(Reachability.Cause cause) {
        assertThat(ReachabilityMessages.of(HOST, new Reachability.Unreached(cause, ""))
                        .remedy()
                        .render(Locale.ENGLISH))
                .contains("LMB_CREDENTIAL_LAB_KEY");
    }
}
