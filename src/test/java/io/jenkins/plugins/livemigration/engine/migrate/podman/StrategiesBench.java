package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan.Strategy;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.HodgesLehmann;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Compares the default strategy with the published recipe, alternating, in the lab: the longest silence that a UDP client
 * sees. Not a test; run its main method with the lab's folder, megabytes, fill, volumes (yes or no),
 * rounds, dirtied megabytes per second (1) and anything for details.
 */
final class StrategiesBench {
    private StrategiesBench() {}

    public static void main(String[] arguments) throws Exception {
        Lab lab = Lab.in(Path.of(arguments[0]));
        String memory = "--memory-mb " + arguments[1] + " --fill " + arguments[2] + " --dirty-mb-per-s "
                + (arguments.length > 5 ? arguments[5] : "1");
        List<String> volumes = arguments[3].equals("yes") ? List.of("/srv/data") : List.of();
        int rounds = Integer.parseInt(arguments[4]);
        boolean verbose = arguments.length > 6;
        PrintStream out = System.out;
        try (Hosts hosts = lab.connect()) {
            LabWorkload workload = new LabWorkload(lab, hosts, false);
            workload.wipe();
            workload.start("counter", 7000, "runc", memory);
            double[][] silences = new double[2][2 * rounds];
            try (ServiceClient client = new ServiceClient(workload.address(), 7000)) {
                for (int round = 0; round < 2 * rounds; round++) {
                    for (Strategy strategy : List.of(Strategy.CLASSIC, Strategy.STOP_AND_COPY)) {
                        boolean there = workload.require(Lab.A, "podman ps -q").isEmpty();
                        PodmanPlan plan = workload.plan(strategy, List.of("counter"), volumes);
                        try (PodmanDriver driver = new PodmanDriver(plan, lab.hostPlans(), hosts, lab::connect)) {
                            RecordingListener listener = new RecordingListener();
                            client.restart();
                            MigrationOutcome outcome = driver.migrate(
                                    there ? Lab.B : Lab.A, there ? Lab.A : Lab.B, listener, new Cancellation());
                            awaitReplies(client);
                            silences[strategy == Strategy.CLASSIC ? 0 : 1][round] = client.longestSilenceMillis();
                            out.printf(
                                    Locale.ROOT,
                                    "%-14s %8.1f ms  %s%n",
                                    strategy,
                                    client.longestSilenceMillis(),
                                    outcome instanceof MigrationOutcome.Completed ? "" : outcome);
                            listener.notes.forEach(out::println);
                            if (verbose) {
                                out.print(listener);
                            }
                        }
                    }
                }
            } finally {
                workload.wipe();
            }
            double classic = median(silences[0]);
            double fast = median(silences[1]);
            HodgesLehmann ratio = HodgesLehmann.ratio(silences[1], silences[0], 0.95);
            out.printf(
                    Locale.ROOT,
                    "median silence: classic %.0f ms, stop-and-copy %.0f ms, ratio %.3f, 95 %% from %.3f to %.3f%n",
                    classic,
                    fast,
                    ratio.shift(),
                    ratio.lower(),
                    ratio.upper());
        }
    }

    /** The silence has ended when replies have come for a while again. */
    private static void awaitReplies(ServiceClient client) {
        await("the service answers again")
                .pollInterval(Duration.ofMillis(10))
                .during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(30))
                .until(() -> client.silentForMillis() < 100);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
