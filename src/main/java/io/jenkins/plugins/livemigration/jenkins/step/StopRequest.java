package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.FilePath;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Asks a step's engine to end in order: to bring the workload home and to leave a result. */
final class StopRequest {
    /** So long the step waits for it. */
    static final long WAIT_SECONDS = 45;

    private static final Logger LOGGER = Logger.getLogger(StopRequest.class.getName());

    private final EngineLink engine;

    StopRequest(EngineLink engine) {
        this.engine = engine;
    }

    /**
     * Asks, and says so in the build's log; on a thread that may block.
     *
     * @return whether the engine was asked; false if the agent is away, and the engine ends by its lease
     */
    boolean ask(BuildContext build, String abandonAfter) throws InterruptedException {
        Optional<FilePath> folder = engine.folder();
        if (folder.isPresent()) {
            build.say(Words.text("stop.asked", WAIT_SECONDS));
            try {
                engine.act(folder.get(), new StopEngine(engine.engine()));
                return true;
            } catch (IOException unheard) {
                LOGGER.log(Level.FINE, "The agent went away meanwhile", unheard);
            }
        }
        build.say(Words.text("stop.agentAway", abandonAfter));
        return false;
    }

    /** Asks without a word, of an engine that nobody waits for. */
    void askQuietly() {
        Optional<FilePath> folder = engine.folder();
        if (folder.isEmpty()) {
            return;
        }
        try {
            engine.act(folder.get(), new StopEngine(engine.engine()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException unheard) {
            LOGGER.log(Level.INFO, "The engine ends by its lease", unheard);
        }
    }
}
