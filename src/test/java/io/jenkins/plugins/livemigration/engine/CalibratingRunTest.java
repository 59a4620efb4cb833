package io.jenkins.plugins.livemigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
import io.jenkins.plugins.livemigration.engine.history.KeptBaseline;
import io.jenkins.plugins.livemigration.engine.report.Reports;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Reevaluation;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Runs that are known to be good: they derive limits and are compared with nothing. */
class CalibratingRunTest extends SuspectedRunTestBase {
    @Test
    void aRunThatIsKnownToBeGoodDerivesLimitsAndIsComparedWithNothing() throws Exception {
        reports(1000);

        JudgedResult judged = run(SUSPECT + "calibrate: true");
        Reports.write(judged, folder(), Locale.ENGLISH);

        assertThat(judged.verdict().status()).isEqualTo(Status.PASS);
        assertThat(judged.verdict().sentence().toString())
                .isEqualTo(
                        "This run is taken to be good and is compared with nothing: limits and noise floors of 1 figure"
                                + " were derived from 10 builds, itself included, and are in calibration.yaml.");
        assertThat(judged.verdict().regression()).isEmpty();
        assertThat(judged.secondRound()).isEmpty();
        assertThat(folder().resolve("calibration.yaml"))
                .content()
                .contains("\"metric\":\"downtime.reported\"")
                .contains("noiseFloors:");
        assertThat(ResultFile.parse(ResultFile.text(judged), "test")).isEqualTo(judged);
        assertThat(Reevaluation.of(judged, KeptBaseline.read(folder()))).isEqualTo(judged);
    }

    @Test
    void aCalibratingRunStillKeepsItsLimits() throws Exception {
        reports(1000);

        JudgedResult judged = run(SUSPECT + "calibrate: true\nthresholds: [{metric: downtime.reported, fail: 900 ms}]");

        assertThat(judged.verdict().status()).isEqualTo(Status.FAIL);
        assertThat(judged.verdict().sentence().key()).isEqualTo("verdict.limitMedianCrossed");
    }

    @Test
    void aCalibratingRunWithoutHistoryDerivesNothingAndSaysHowManyItNeeds() throws Exception {
        reports(1000);

        JudgedResult judged = run(SUSPECT + "calibrate: true", BaselineChoice.NOTHING);
        Reports.write(judged, folder(), Locale.ENGLISH);

        assertThat(judged.verdict().status()).isEqualTo(Status.INSUFFICIENT_BASELINE);
        assertThat(judged.verdict().sentence().toString()).contains("derived from 3 builds");
        assertThat(folder().resolve("calibration.yaml")).doesNotExist();
    }
}
