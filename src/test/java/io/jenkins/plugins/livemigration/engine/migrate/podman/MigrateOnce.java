package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan.Strategy;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * An engine to be killed: moves the counter from host A to host B, and stops at a given point for as long as it lives,
 * having said so on its standard output.
 */
final class MigrateOnce {
    static final Timings TIMINGS = new Timings(Duration.ofSeconds(3), Duration.ofMinutes(2), Duration.ofSeconds(5));

    private MigrateOnce() {}

    public static void main(String[] arguments) throws Exception {
        Lab lab = Lab.in(Path.of(arguments[0]));
        String point = arguments[1];
        RecordingListener listener = new RecordingListener();
        if (point.equals("gated")) {
            listener.whenMarked(Mark.Kind.SOURCE_STOPPED, MigrateOnce::hang);
        } else {
            listener.whenPhaseStarts(point, MigrateOnce::hang);
        }
        try (Hosts hosts = lab.connect()) {
            LabWorkload workload = new LabWorkload(lab, hosts, false);
            PodmanDriver driver = new PodmanDriver(
                    workload.plan(Strategy.STOP_AND_COPY, List.of("counter"), List.of()),
                    lab.hostPlans(),
                    hosts,
                    lab::connect,
                    TIMINGS);
            driver.migrate(Lab.A, Lab.B, listener, new Cancellation());
        }
    }

    private static void hang() {
        System.out.println("reached");
        System.out.flush();
        while (true) {
            LockSupport.parkNanos(Duration.ofHours(1).toNanos());
        }
    }
}
