package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveCluster.Course;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveDouble.Trouble;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations while answers of the API are lost, broken or late, and end points die. */
class UnsteadyConnectionTest extends MigrationTestBase {
    @ParameterizedTest
    @EnumSource
    void findsTheTaskWhenTheAnswerToTheRequestIsLost(PveRelease release) throws Exception {
        start(release, 1);
        api.trouble("POST", "/migrate", Trouble.CUT_AFTER, 1);

        assertCompletes(plan());
        assertThat(api.calls("POST", "/migrate")).hasSize(1);
        assertThat(heard.notes).anyMatch(note -> note.contains("The answer to the request was lost"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-30, 30})
    void findsTheTaskAlthoughClocksAreApart(int secondsBehind) throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.secondsBehind = secondsBehind;
        MigrationDriver driver = driver(plan());
        for (int lap = 0; lap < 2; lap++) {
            assertThat(driver.migrate("sabda", "yagra", new Heard(), cancellation))
                    .isInstanceOf(MigrationOutcome.Completed.class);
            assertThat(driver.migrate("yagra", "sabda", new Heard(), cancellation))
                    .isInstanceOf(MigrationOutcome.Completed.class);
        }
        cluster.course = Course.TARGET_TOO_OLD;
        api.trouble("POST", "/migrate", Trouble.CUT_AFTER, 1);

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .as("not the lap before, which ended well")
                .isInstanceOfSatisfying(
                        MigrationOutcome.Failed.class,
                        failed -> assertThat(failed.cause().toString()).contains("too old"));
    }

    @ParameterizedTest
    @EnumSource
    void findsTheRealTaskOfAnHaManagedGuestToo(PveRelease release) throws Exception {
        start(release, 1);
        cluster.haManaged = true;
        api.trouble("POST", "/migrate", Trouble.CUT_AFTER, 1);

        assertCompletes(plan());
        assertThat(heard.evidence.get("task log")).startsWith("task started by HA resource agent");
    }

    @ParameterizedTest
    @EnumSource
    void doesNotTakeASilentProxyForAFailedMigration(PveRelease release) throws Exception {
        start(release, 1);
        api.trouble("POST", "/migrate", Trouble.NOT_CONNECTED, 1);
        api.trouble("GET", "/status", Trouble.PROXY_TIMED_OUT, 2);
        api.trouble("GET", "/log", Trouble.CUT_BEFORE, 1);
        api.trouble("GET", "/status", Trouble.SLOW, 1);

        assertCompletes(plan());
        assertThat(api.calls("POST", "/migrate")).hasSize(1);
    }

    @Test
    void takesABrokenAnswerForNone() throws Exception {
        start(PveRelease.V8_4, 1);
        api.trouble("POST", "/migrate", Trouble.BROKEN, 1);
        api.trouble("GET", "/status", Trouble.BROKEN, 3);
        api.trouble("GET", "/resources", Trouble.BROKEN, 1);

        assertCompletes(plan());
        assertThat(api.calls("POST", "/migrate")).hasSize(1);
    }

    @Test
    void doesNotTakeASilentGatewayForAFailedMigration() throws Exception {
        start(PveRelease.V8_4, 1);
        api.trouble("POST", "/migrate", Trouble.GATEWAY_TIMED_OUT, 1);
        api.trouble("GET", "/status", Trouble.GATEWAY_TIMED_OUT, 2);

        assertCompletes(plan());
        assertThat(api.calls("POST", "/migrate")).hasSize(1);
        assertThat(heard.notes).anyMatch(note -> note.contains("504 Gateway Time-out"));
    }

    @Test
    void aRequestThatNeverArrivedIsAFailureAtHome() throws Exception {
        start(PveRelease.V8_4, 1);
        api.trouble("POST", "/migrate", Trouble.CUT_BEFORE, 1);

        assertFailed("request", "did not begin");
        assertThat(driver(plan()).locate()).isEqualTo(AT_HOME);
    }

    @Test
    void goesOnAtAnotherEndPointWhenOneDies() throws Exception {
        start(PveRelease.V8_4, 3);
        heard.onPhase = phase -> api.kill(phase.equals("prepare") ? 0 : 1);

        assertCompletes(plan());
    }

    @Test
    void isUnknownWhenTheClusterIsOutOfSight() throws Exception {
        start(PveRelease.V8_4, 1);
        heard.onPhase = phase -> api.kill(0);

        assertThat(driver(plan()).migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOfSatisfying(
                        MigrationOutcome.Failed.class,
                        failed -> assertThat(failed.whereabouts())
                                .isInstanceOfSatisfying(
                                        Whereabouts.Unknown.class,
                                        unknown -> assertThat(unknown.detail().toString())
                                                .contains("lmb recover")));
    }
}
