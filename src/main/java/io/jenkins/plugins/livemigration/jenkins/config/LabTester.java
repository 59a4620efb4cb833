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
     * @return what preflight found, for people
     * @throws IOException if there is no such agent, or it does not answer in time; the message says so
     */
    String test(MigrationLab lab, ItemGroup<?> home) throws IOException, InterruptedException;
}
