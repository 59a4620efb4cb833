package io.jenkins.plugins.livemigration.jenkins.build;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.checks.api.ChecksDetails.ChecksDetailsBuilder;
import io.jenkins.plugins.checks.api.ChecksOutput.ChecksOutputBuilder;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.util.Locale;

/** A summary for forges, through the plugin checks-api where it is installed. */
@Extension(optional = true)
public final class ChecksSummary implements PublishedResults {
    @Override
    public void published(Run<?, ?> run, TaskListener listener, JudgedResult judged) {
        ForgeCheck check = ForgeCheck.of(judged, Locale.getDefault());
        ChecksPublisherFactory.fromRun(run, listener)
                .publish(new ChecksDetailsBuilder()
                        .withName(check.name())
                        .withStatus(ChecksStatus.COMPLETED)
                        .withConclusion(check.conclusion())
                        .withOutput(new ChecksOutputBuilder()
                                .withTitle(check.title())
                                .withSummary(check.summary())
                                .withText(check.text())
                                .build())
                        .build());
    }
}
