package io.jenkins.plugins.livemigration.jenkins.build;

import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.livemigration.engine.report.TerminalReport;
import io.jenkins.plugins.livemigration.engine.report.TerminalStyle;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.util.Locale;

/**
 * What a forge is told of a benchmark.
 *
 * @param name what checks are told apart by: a benchmark's name is unique within a build
 * @param title the verdict in a word
 * @param summary the verdict in a sentence, as Markdown that shows it as it is
 * @param text the figures as in a terminal, likewise
 */
record ForgeCheck(String name, ChecksConclusion conclusion, String title, String summary, String text) {
    /** What forges take, less the fence around it; a character may take three bytes. */
    private static final int LONGEST = (65_535 - 16) / 3;

    private static final int WIDTH = 100;

    static ForgeCheck of(JudgedResult judged, Locale language) {
        Status status = judged.verdict().status();
        TerminalStyle style = new TerminalStyle(WIDTH, true, false, language);
        return new ForgeCheck(
                "Live migration / " + judged.result().name(),
                conclusion(status),
                status.name(),
                fenced(judged.verdict().sentence().render(language)),
                fenced(new TerminalReport(style).text(judged)));
    }

    private static ChecksConclusion conclusion(Status status) {
        return switch (status) {
            case PASS, INSUFFICIENT_BASELINE -> ChecksConclusion.SUCCESS;
            case INCONCLUSIVE, UNSTABLE -> ChecksConclusion.NEUTRAL;
            case FAIL, INFRASTRUCTURE -> ChecksConclusion.FAILURE;
        };
    }

    /** As it is: forges take everything else for Markdown, and names are anybody's. */
    static String fenced(String text) {
        String plain = text.replace('`', '\'');
        return "```\n" + plain.substring(0, Math.min(LONGEST, plain.length())).stripTrailing() + "\n```\n";
    }
}
