package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Calibration;
import java.util.List;

/** {@code calibration.yaml}: what a calibrating run derived, as a piece of a plan. No file if that is nothing. */
public final class CalibrationReport implements Report {
    @Override
    public List<File> render(JudgedResult judged) {
        return judged.verdict().calibration().stream()
                .filter(calibration -> !calibration.figures().isEmpty())
                .map(calibration -> new File(Calibration.FILE, calibration.yaml()))
                .toList();
    }
}
