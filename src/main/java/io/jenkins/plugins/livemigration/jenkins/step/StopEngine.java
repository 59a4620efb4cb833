package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.remoting.VirtualChannel;
import java.io.File;
import jenkins.MasterToSlaveFileCallable;

/** Asks the engine to end in order: break off, recover, bring the workload home, write its reports. */
final class StopEngine extends MasterToSlaveFileCallable<Boolean> {
    private static final long serialVersionUID = 1L;

    private final EngineIdentity engine;

    StopEngine(EngineIdentity engine) {
        this.engine = engine;
    }

    /** Whether there was anybody to ask. */
    @Override
    public Boolean invoke(File folder, VirtualChannel channel) {
        return engine.alive()
                && ProcessHandle.of(engine.pid()).map(ProcessHandle::destroy).orElse(false);
    }
}
