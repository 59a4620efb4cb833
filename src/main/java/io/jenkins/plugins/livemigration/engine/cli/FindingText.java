package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Locale;

/** A preflight finding as lines of text. */
final class FindingText {
    private FindingText() {}

    /** Severity, place and problem; the remedy on a line of its own, where there is something to remedy. */
    static String of(Finding finding, Locale locale) {
        String severity =
                Message.of("cli.severity." + finding.severity().name()).render(locale);
        String head =
                severity + " " + finding.where() + ": " + finding.problem().render(locale);
        return finding.severity() == Finding.Severity.OK
                ? head
                : head + System.lineSeparator() + "    " + finding.remedy().render(locale);
    }
}
