package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;

/** A probe that sends by a schedule on one thread, and receives on another. */
abstract class ScheduledProbe extends LiveProbe {
    private final Schedule schedule;
    private final Thread sender = thread("tx", this::send);
    private final Thread receiver = thread("rx", this::receive);

    ScheduledProbe(ProbePlan plan, Schedule schedule, RunClock clock, ProbeFileWriter records) {
        super(plan, clock, records);
        this.schedule = schedule;
    }

    /** Sends, on a thread of its own, until the schedule has no next slot. */
    abstract void send();

    /** Receives, on a thread of its own, until the probe is closed. */
    abstract void receive();

    final Schedule schedule() {
        return schedule;
    }

    final Thread receiver() {
        return receiver;
    }

    @Override
    final void start() {
        receiver.start();
        sender.start();
    }

    @Override
    final void stopSending() {
        schedule.stop();
        join(sender);
    }
}
