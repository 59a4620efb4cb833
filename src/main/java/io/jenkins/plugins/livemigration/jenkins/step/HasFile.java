package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.nio.file.Files;
import jenkins.MasterToSlaveFileCallable;

/** Asks the agent whether a file is in the run's folder. */
final class HasFile extends MasterToSlaveFileCallable<Boolean> {
    private static final long serialVersionUID = 1L;

    private final String name;

    HasFile(String name) {
        this.name = name;
    }

    @Override
    public Boolean invoke(File folder, VirtualChannel channel) {
        return Files.exists(folder.toPath().resolve(name));
    }
}
