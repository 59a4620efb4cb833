package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The system's ping (iputils), as it is: it sends when it can, not by our schedule, and tells no send times. A reply's send
 * time is taken as the moment its line was read minus the round trip that it names; the send time of an unanswered one as
 * one interval before ping said so, which it does when it sends the next. Good to a few milliseconds: auxiliary.
 *
 * <p>If ping ends by itself (the network was unreachable when it started) it is started again.
 */
final class PingProbe extends LiveProbe {
    private static final long RESTART_MILLIS = 500;

    private final List<String> command;
    private final long intervalNanos;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread reader = thread("rx", this::run);
    private volatile @Nullable Process process;
    private long firstSlot;
    private long nextSlot;

    /** @throws IOException if there is no ping */
    PingProbe(ProbePlan.Ping plan, RunClock clock, ProbeFileWriter records) throws IOException {
        super(plan, clock, records);
        if (!installed()) {
            throw new IOException("probe " + plan.name() + ": there is no ping on this machine (package iputils-ping)");
        }
        this.intervalNanos = plan.interval().toNanos();
        String seconds = String.format(Locale.ROOT, "%.3f", intervalNanos / 1e9);
        this.command = List.of("ping", "-n", "-D", "-O", "-i", seconds, "--", plan.host());
    }

    private static boolean installed() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ping")));
    }

    @Override
    void start() {
        reader.start();
    }

    @Override
    int threads() {
        return 1;
    }

    /** Ping cannot wait for replies without sending more: it ends here. */
    @Override
    void stopSending() {
        close();
    }

    @Override
    public void close() {
        stopping.countDown();
        Process running = process;
        if (running != null) {
            running.destroy();
        }
        join(reader);
    }

    private void run() {
        try {
            do {
                firstSlot = nextSlot;
                runOnce();
            } while (!stopping.await(RESTART_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException nobodyInterrupts) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        PingOutput output = new PingOutput();
        try {
            Process started = builder.start();
            process = started;
            if (stopping.getCount() == 0) {
                started.destroy();
            }
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
                for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                    long at = System.nanoTime();
                    output.read(text).ifPresent(line -> record(line, at));
                }
            }
        } catch (IOException ended) {
            // Killed while its output was read, or no process could be started now: tried again.
        }
    }

    private void record(PingOutput.Line line, long at) {
        long slot = firstSlot + line.number() - 1;
        long rtt = line.rttNanos().orElse(intervalNanos);
        if (slot >= nextSlot) {
            attempted(slot, at - rtt);
            nextSlot = slot + 1;
        }
        if (line.rttNanos().isPresent()) {
            answered(slot, at);
        }
    }
}
