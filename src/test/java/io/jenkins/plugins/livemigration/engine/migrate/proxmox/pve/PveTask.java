package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    private Optional<Mover.Move> move = Optional.empty();
    private int taken;

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

    /** What it says is what that move does. */
    void follow(Mover.Move real) {
        move = Optional.of(real);
    }

    /** Tells a real move to stop; false if there is none. */
    boolean interrupt() {
        move.ifPresent(Mover.Move::interrupt);
        return move.isPresent();
    }

    void step() {
        if (stopped()) {
            return;
        }
        if (move.isPresent()) {
            followOn(move.get());
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

    private void followOn(Mover.Move real) {
        Optional<String> end = real.exitStatus();
        List<String> lines = real.log();
        log.addAll(lines.subList(taken, lines.size()));
        taken = lines.size();
        if (end.isPresent()) {
            end(end.get());
            effect.run();
        }
    }

    void end(String status) {
        exitStatus = status;
        if (!status.equals("unexpected status")) {
            log.add(status.equals("OK") || status.startsWith("WARNINGS") ? "TASK " + status : "TASK ERROR: " + status);
        }
    }
}
