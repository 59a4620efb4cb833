package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts probes. */
public interface Probes {

    /**
     * Starts all probes of a sample. Records go to disk as they come: {@code folder/PREFIX-NAME.probe} each, a
     * {@link ProbeFile}.
     *
     * @param folder exists
     * @throws IOException if a file cannot be written or a socket cannot be opened; nothing is left running
     */
    ProbeSession start(List<ProbePlan> plans, Path folder, String prefix, RunClock clock) throws IOException;
}
