package io.jenkins.plugins.livemigration.jenkins.build;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails.ChecksDetailsBuilder;
import io.jenkins.plugins.checks.api.ChecksOutput.ChecksOutputBuilder;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.livemigration.engine.report.TerminalReport;
import io.jenkins.plugins.livemigration.engine.report.TerminalStyle;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.util.Locale;

/** A summary for forges, through the plugin checks-api where it is installed. */
@Extension(optional = true)
public final class ChecksSummary implements PublishedResults {
    /** What forges take, less the fence around it; a character may take three bytes. */
    private static final int LONGEST = (65_535 - 16) / 3;

    private static final int WIDTH = 100;

    @Override
    public void published(Run<?, ?> run, TaskListener listener, JudgedResult judged) {
        String name = judged.result().name();
        Status status = judged.verdict().status();
        TerminalStyle style = new TerminalStyle(WIDTH, true, false, Locale.getDefault());
        ChecksPublisherFactory.fromRun(run, listener)
                .publish(new ChecksDetailsBuilder()
                        .withName("Live migration / " + name)
                        .withStatus(ChecksStatus.COMPLETED)
                        .withConclusion(conclusion(status))
                        .withOutput(new ChecksOutputBuilder()
                                .withTitle(status.name())
                                .withSummary(fenced(judged.verdict().sentence().toString()))
                                .withText(fenced(new TerminalReport(style).text(judged)))
                                .build())
                        .build());
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
