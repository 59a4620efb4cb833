package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Calibration;

/** What a calibrating run derived, to be copied into a plan. */
final class CalibrationSection {
    private final Texts texts;
    private final JudgedResult judged;

    CalibrationSection(Texts texts, JudgedResult judged) {
        this.texts = texts;
        this.judged = judged;
    }

    void write(Markup html) {
        judged.verdict()
                .calibration()
                .filter(calibration -> !calibration.figures().isEmpty())
                .ifPresent(calibration -> write(html, calibration));
    }

    private void write(Markup html, Calibration calibration) {
        html.open("section", "id", "calibration")
                .element("h2", texts.text("section.calibration"))
                .line();
        html.element("p", texts.text("calibration.explained"), "class", "note");
        html.element("pre", calibration.yaml());
        html.close().line();
    }
}
