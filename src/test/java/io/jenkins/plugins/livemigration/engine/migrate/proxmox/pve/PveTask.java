package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import java.util.ArrayList;
import java.util.List;

/** A task of the double: it goes on by a step whenever somebody asks for its status. */
final class PveTask {
    private static final int LINES_A_STEP = 3;

    final String upid;
    final String node;
    final String type;
    final String user;
    final long started;
    final List<String> log = new ArrayList<>();
    private final List<String> script;
    private final String exit;
    private final Runnable effect;
    private String exitStatus = "";
    private boolean stuck;

    PveTask(
            String upid,
            String node,
            String type,
            String user,
            long started,
            List<String> script,
            String exit,
            Runnable effect) {
        this.upid = upid;
        this.node = node;
        this.type = type;
        this.user = user;
        this.started = started;
        this.script = new ArrayList<>(script);
        this.exit = exit;
        this.effect = effect;
    }

    boolean stopped() {
        return !exitStatus.isEmpty();
    }

    String exitStatus() {
        return exitStatus;
    }

    /** It hangs in its last step until somebody stops it. */
    void hang() {
        stuck = true;
    }

    void step() {
        if (stopped()) {
            return;
        }
        for (int i = 0; i < LINES_A_STEP && !script.isEmpty(); i++) {
            log.add(script.remove(0));
        }
        if (script.isEmpty() && !stuck) {
            effect.run();
            end(exit);
        }
    }

    void end(String status) {
        exitStatus = status;
        if (!status.equals("unexpected status")) {
            log.add(status.equals("OK") || status.startsWith("WARNINGS") ? "TASK " + status : "TASK ERROR: " + status);
        }
    }
}
