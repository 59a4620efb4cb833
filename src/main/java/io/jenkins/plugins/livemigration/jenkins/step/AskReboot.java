package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;

/** Asks the agent whether it was booted since the engine was started. */
final class AskReboot extends MasterToSlaveFileCallable<Boolean> {
    private static final long serialVersionUID = 1L;

    private final EngineIdentity engine;

    AskReboot(EngineIdentity engine) {
        this.engine = engine;
    }

    @Override
    public Boolean invoke(File folder, VirtualChannel channel) throws IOException {
        return engine.rebooted();
    }
}
