package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What Pipeline lends to a running step: the build, its log, its workspace. Made anew whenever it is needed. */
final class BuildContext {
    private static final Logger LOGGER = Logger.getLogger(BuildContext.class.getName());

    private static final int SAVE_SECONDS = 30;

    private final StepContext context;

    BuildContext(StepContext context) {
        this.context = context;
    }

    /**
     * Something of the build.
     *
     * @throws AbortException if it is not there
     */
    <T> T required(Class<T> type) throws IOException, InterruptedException {
        T found = context.get(type);
        if (found == null) {
            throw new AbortException(Words.text("step.noContext", type.getSimpleName()));
        }
        return found;
    }

    /** The build's log. */
    PrintStream log() throws IOException, InterruptedException {
        return required(TaskListener.class).getLogger();
    }

    /** Prints a sentence into the build's log; into the controller's, if the build has none any more. */
    void say(String sentence) {
        try {
            log().println(sentence);
        } catch (IOException | RuntimeException unheard) {
            LOGGER.log(Level.INFO, unheard, () -> sentence);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Saves the step; Pipeline logs a failure to, and saves again later. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void save() {
        context.saveState();
    }

    /** The same, and waits until it has happened, as far as the build's durability setting has it saved at all. */
    void saveAndWait() throws InterruptedException {
        try {
            context.saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException unsaved) {
            LOGGER.log(Level.INFO, "The step is not saved yet", unsaved);
        }
    }

    /** What turns the step's parameters into a running engine. */
    Preparation preparation(BenchmarkRequest request) throws IOException, InterruptedException {
        return new Preparation(
                request,
                required(Run.class),
                required(FilePath.class),
                required(EnvVars.class),
                required(TaskListener.class),
                required(FlowNode.class).getExecution().getAuthentication2());
    }
}
