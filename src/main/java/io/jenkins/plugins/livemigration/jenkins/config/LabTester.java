package io.jenkins.plugins.livemigration.jenkins.config;

import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import java.io.IOException;

/** Tries a lab out. */
public interface LabTester extends ExtensionPoint {
    /**
     * Runs the engine's {@code check} on an agent of the lab's label; never on the controller, for which a host that is
     * given in a form may be anything.
     *
     * @param home where the lab's credentials are looked up
     * @throws IOException if there is no such agent, or it does not answer in time; the message says so
     */
    Found test(MigrationLab lab, ItemGroup<?> home) throws IOException, InterruptedException;

    /** What came of it, as bad as the worst finding is. */
    enum Outcome {
        /** All is well. */
        OK,
        /** It can be used; something is worth knowing. */
        WARNING,
        /** It cannot be used like this. */
        ERROR
    }

    /**
     * What was found.
     *
     * @param text for people, in the language of who asked; a line or two for each finding
     */
    record Found(Outcome outcome, String text) {}
}
