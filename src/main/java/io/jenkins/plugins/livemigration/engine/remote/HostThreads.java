package io.jenkins.plugins.livemigration.engine.remote;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads of a host: none while it is idle for long, none that keeps the process alive. */
final class HostThreads {
    private HostThreads() {}

    static ExecutorService of(String host) {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "host " + host);
            thread.setDaemon(true);
            return thread;
        });
    }
}
