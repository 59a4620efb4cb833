package io.jenkins.plugins.livemigration.jenkins.build;

import hudson.ExtensionPoint;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;

/** Is told of every result that was published: for other plugins' places, which may not be installed. */
public interface PublishedResults extends ExtensionPoint {
    /** Called on the thread that publishes, when all of the build's own is written. */
    void published(Run<?, ?> run, TaskListener listener, JudgedResult judged);
}
