package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;

/** One migration after another against the double of the API, from sabda to yagra. */
abstract class MigrationTestBase extends ApiTestBase {
    static final Whereabouts AT_HOME = new Whereabouts.RunningOn("sabda");
    static final Whereabouts AWAY = new Whereabouts.RunningOn("yagra");

    final Heard heard = new Heard();
    final Cancellation cancellation = new Cancellation();

    void assertCompletes(ProxmoxPlan plan) throws Exception {
        assertThat(driver(plan).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
    }

    void assertFailed(String stage, String cause) throws Exception {
        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOfSatisfying(MigrationOutcome.Failed.class, failed -> {
                    assertThat(failed.cause().toString()).contains(cause);
                    assertThat(failed.stage()).isEqualTo(stage);
                });
    }
}
