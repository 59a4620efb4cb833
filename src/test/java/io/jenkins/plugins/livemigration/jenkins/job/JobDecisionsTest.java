package io.jenkins.plugins.livemigration.jenkins.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Failure;
import io.jenkins.plugins.livemigration.engine.history.Decisions;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Mute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobDecisionsTest {
    @TempDir
    Path folder;

    private JobDecisions decisions;

    @BeforeEach
    void aJob() {
        decisions = new JobDecisions(folder);
    }

    @Test
    void keepsADecisionAndLogsWhoTookItBack() throws Exception {
        decisions.decide("ann", "mute downtime.observed", all -> all.and(mute("downtime.observed", 1)));
        assertThat(decisions.decisions().muted()).containsExactly(mute("downtime.observed", 1));
        decisions.decide("bob", "withdraw", all -> all.withoutMute("bench 1", "downtime.observed"));
        assertThat(decisions.decisions().muted()).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("decisions.jsonl")))
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.get(0)).contains("\"ann\"", "mute downtime.observed"))
                .satisfies(lines -> assertThat(lines.get(1)).contains("\"bob\"", "withdraw"));
    }

    @Test
    void refusesOneTooManyInASentenceAndKeepsWhatThereIs() throws Exception {
        decisions.decide("ann", "many", all -> many(all, 500));
        assertThatThrownBy(() -> decisions.decide("ann", "one more", all -> all.and(mute("x", 501))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("500");
        assertThat(decisions.decisions().muted()).hasSize(500);
        assertThat(Files.readAllLines(folder.resolve("decisions.jsonl"))).hasSize(1);
    }

    private static Decisions many(Decisions from, int count) {
        Decisions all = from;
        for (int i = 1; i <= count; i++) {
            all = all.and(mute("x", i));
        }
        return all;
    }

    private static Decisions.Muted mute(String metric, int benchmark) {
        Mute mute = new Mute(metric, LocalDate.of(2026, 12, 31), "ann", "noisy switch");
        return new Decisions.Muted(Optional.of("bench " + benchmark), mute, Instant.parse("2026-11-20T12:00:00Z"));
    }
}
