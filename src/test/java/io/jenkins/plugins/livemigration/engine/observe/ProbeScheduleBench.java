package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How well probes keep their schedule at 1 kHz: run by {@code bench/probe-schedule}, which says what it prints. */
public final class ProbeScheduleBench {
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private ProbeScheduleBench() {}

    /** Either {@code echo}, which prints its port and echoes until it is killed, or {@code PORT SECONDS PROBES...}. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("echo")) {
            echo();
        }
        int port = Integer.parseInt(arguments[0], 10);
        int seconds = Integer.parseInt(arguments[1], 10);
        System.out.printf(
                Locale.ROOT,
                "%-8s %-10s %9s %9s %9s %9s %9s %9s %9s%n",
                "probes",
                "probe",
                "sent",
                "skipped",
                "answered",
                "p50 us",
                "p99 us",
                "p99.9 us",
                "max us");
        for (int i = 2; i < arguments.length; i++) {
            run(port, seconds, Integer.parseInt(arguments[i], 10));
        }
    }

    private static void run(int port, int seconds, int count) throws Exception {
        Path folder = Files.createTempDirectory("probe-schedule");
        List<ProbePlan> plans = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String host = InetAddress.getLoopbackAddress().getHostAddress();
            plans.add(new ProbePlan.Udp("probe" + i, host, port, 64, MILLISECOND, Duration.ofSeconds(1), i == 1));
        }
        String note;
        ScheduledExecutorService end = Executors.newSingleThreadScheduledExecutor();
        try (ProbeSession session = new SystemProbes().start(plans, folder, "bench", RunClock.startingNow())) {
            note = session.note().map(String::valueOf).orElse("");
            end.schedule(session::stop, seconds + 2L, TimeUnit.SECONDS).get();
        } finally {
            end.shutdown();
        }
        for (ProbePlan plan : plans) {
            Path file = folder.resolve("bench-" + plan.name() + ".probe");
            print(count, plan.name(), ProbeFile.read(file).trace());
            Files.delete(file);
        }
        Files.delete(folder);
        System.out.println("         " + note + "; largest resident size so far " + peakMemory());
    }

    /** The largest resident size of this process so far, as the kernel tells it. */
    private static String peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.substring("VmHWM:".length()).strip())
                .findFirst()
                .orElse("unknown");
    }

    /**
     * A slot that stayed empty counts as late until the next datagram went out, so that being held up for long cannot look
     * like being late once. The first two seconds are the virtual machine's warming up; a run's window opens later.
     */
    private static void print(int count, String name, RecordedTrace trace) {
        Histogram errors = new Histogram(3);
        long from = trace.scheduledNanos(0) + 2_000_000_000L;
        int answered = 0;
        int sent = 0;
        int skipped = 0;
        for (int i = 1; i < trace.size(); i++) {
            if (trace.scheduledNanos(i) < from) {
                continue;
            }
            sent++;
            answered += trace.answered(i) ? 1 : 0;
            long slot = trace.scheduledNanos(i - 1) + MILLISECOND.toNanos();
            for (; slot < trace.scheduledNanos(i); slot += MILLISECOND.toNanos()) {
                skipped++;
                errors.recordValue(trace.sentNanos(i) - slot);
            }
            errors.recordValue(trace.sentNanos(i) - trace.scheduledNanos(i));
        }
        System.out.printf(
                Locale.ROOT,
                "%-8d %-10s %9d %9d %9d %9.0f %9.0f %9.0f %9.0f%n",
                count,
                name,
                sent,
                skipped,
                answered,
                errors.getValueAtPercentile(50) / 1e3,
                errors.getValueAtPercentile(99) / 1e3,
                errors.getValueAtPercentile(99.9) / 1e3,
                errors.getMaxValue() / 1e3);
    }

    private static void echo() throws IOException {
        DatagramChannel channel =
                DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        System.out.println(((InetSocketAddress) channel.getLocalAddress()).getPort());
        ByteBuffer packet = ByteBuffer.allocateDirect(2048);
        while (true) {
            packet.clear();
            SocketAddress from = channel.receive(packet);
            channel.send(packet.flip(), from);
        }
    }
}
