package io.jenkins.plugins.livemigration.engine.migrate;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.List;

/**
 * What a recovery found and did.
 *
 * @param whereabouts where the workload is now
 * @param actions what was done, in order; empty if there was nothing to do
 */
public record Recovery(Whereabouts whereabouts, List<Message> actions) {
    public Recovery {
        actions = List.copyOf(actions);
    }

    /** Whether the workload runs exactly once. */
    public boolean alive() {
        return whereabouts instanceof Whereabouts.RunningOn;
    }
}
