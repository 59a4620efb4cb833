package io.jenkins.plugins.livemigration.engine.observe.accuracy;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.observe.Observation;
import io.jenkins.plugins.livemigration.engine.observe.ProbeFile;
import io.jenkins.plugins.livemigration.engine.observe.ProbeSession;
import io.jenkins.plugins.livemigration.engine.observe.ProbeTrace;
import io.jenkins.plugins.livemigration.engine.observe.SampleObserver;
import io.jenkins.plugins.livemigration.engine.observe.SampleTimes;
import io.jenkins.plugins.livemigration.engine.observe.SystemProbes;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What the probes say of outages whose length is known exactly: run by {@code bench/accuracy}, which says what it prints.
 * The probes and the definition of downtime are the product's; {@link DropProgram} makes the outages.
 */
public final class AccuracyBench {
    private static final long MS = 1_000_000;
    private static final double SHORTEST_MILLIS = 1;
    private static final double LONGEST_MILLIS = 10_000;
    /** So many outages go by before the records are looked at. */
    private static final int AT_ONCE = 10;

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    /** As the product's window: this much is seen before an outage. */
    private static final long BEFORE = 1_000 * MS;

    private static final long AFTER = 200 * MS;
    private static final long LEAD = 300 * MS;
    /** So much around an outage is shown if its bounds do not hold. */
    private static final long AROUND = 60 * MS;

    private static final long LONGEST_SILENCE = 60_000 * MS;

    private static final List<ProbePlan> PLANS = plans();

    private final RunClock clock = RunClock.startingNow();
    private final Path folder;
    private final Random random;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    /** A window in which the kernel dropped everything, by the run's clock, and what belongs to it. */
    private record Injection(long open, long from, long until, long close) {
        double truth() {
            return (until - from) / (double) MS;
        }
    }

    private AccuracyBench(Path folder, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
        for (ProbePlan plan : PLANS) {
            tallies.put(plan.name(), new Tally(plan.name(), plan.interval().toMillis(), plan.primary()));
        }
    }

    /** {@code OUTAGES LOADED-CORES SEED}; ends with 1 if a bar is missed. */
    public static void main(String[] arguments) throws Exception {
        int outages = Integer.parseInt(arguments[0], 10);
        int loadedCores = Integer.parseInt(arguments[1], 10);
        Path folder = Files.createTempDirectory("accuracy");
        boolean kept;
        try (Stage stage = new Stage(folder, loadedCores)) {
            AccuracyBench bench = new AccuracyBench(folder, Long.parseLong(arguments[2], 10));
            bench.run(stage, bench.lengths(outages));
            kept = bench.print(loadedCores);
        } finally {
            empty(folder);
            Files.delete(folder);
        }
        System.exit(kept ? 0 : 1);
    }

    private static List<ProbePlan> plans() {
        Duration ten = Duration.ofMillis(10);
        String url = "http://" + Stage.SERVICE + ":" + ServiceProcess.PORT + "/";
        return List.of(
                new ProbePlan.Udp("udp", Stage.SERVICE, ServiceProcess.PORT, 64, ten, TIMEOUT, true),
                new ProbePlan.Udp(
                        "udp-fine", Stage.SERVICE, ServiceProcess.PORT, 64, Duration.ofMillis(1), TIMEOUT, true),
                new ProbePlan.TcpConnect("tcp", Stage.SERVICE, ServiceProcess.PORT, ten, TIMEOUT, true),
                new ProbePlan.Http("http", url, ten, TIMEOUT, true),
                new ProbePlan.TcpSession("session", Stage.SERVICE, ServiceProcess.PORT, ten, TIMEOUT),
                new ProbePlan.Ping("ping", Stage.SERVICE, Duration.ofMillis(20), TIMEOUT));
    }

    /** Log-uniform, one in each of equal strata, so that a small number of them is spread as evenly as a large one. */
    private List<Long> lengths(int count) {
        List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double share = (i + random.nextDouble()) / count;
            lengths.add((long) (SHORTEST_MILLIS * MS * Math.pow(LONGEST_MILLIS / SHORTEST_MILLIS, share)));
        }
        Collections.shuffle(lengths, random);
        return lengths;
    }

    private void run(Stage stage, List<Long> lengths) throws IOException, InterruptedException {
        for (int done = 0; done < lengths.size(); done += AT_ONCE) {
            List<Long> some = lengths.subList(done, Math.min(done + AT_ONCE, lengths.size()));
            List<Injection> injections;
            try (ProbeSession session = new SystemProbes().start(PLANS, folder, "s", clock)) {
                List<String> silent = session.awaitReplies(100, Duration.ofSeconds(30));
                if (!silent.isEmpty()) {
                    throw new IOException("no replies to " + silent);
                }
                if (done == 0) {
                    session.note().ifPresent(note -> System.out.println(note.render(Locale.ENGLISH)));
                }
                injections = inject(stage, some);
                session.stop();
            }
            for (ProbePlan plan : PLANS) {
                ProbeTrace trace = ProbeFile.read(file(plan)).trace();
                for (Injection injection : injections) {
                    if (!evaluate(plan, trace, injection)) {
                        printAttempts(injection);
                    }
                }
            }
            empty(folder);
        }
    }

    /** One after the other; the next one is due when the held connection speaks again. */
    private List<Injection> inject(Stage stage, List<Long> lengths) throws IOException, InterruptedException {
        List<Injection> injections = new ArrayList<>();
        long open = System.nanoTime();
        long lead = LEAD;
        while (injections.size() < lengths.size()) {
            long soonest = Math.max(open + BEFORE, System.nanoTime() + lead);
            long from = soonest + random.nextInt((int) (20 * MS));
            long until = from + lengths.get(injections.size());
            boolean exact = stage.close(from, until);
            awaitMoment(until + AFTER);
            awaitSession(clock.ofNanoTime(until));
            long close = System.nanoTime();
            if (exact) {
                injections.add(new Injection(
                        clock.ofNanoTime(from - BEFORE),
                        clock.ofNanoTime(from),
                        clock.ofNanoTime(until),
                        clock.ofNanoTime(close)));
            } else {
                lead = 2 * lead;
                System.out.println("  once more: the machine is so busy that the kernel had a window too late");
            }
            open = until + AFTER;
        }
        return injections;
    }

    private static void awaitMoment(long nanoTime) {
        for (long rest = nanoTime - System.nanoTime(); rest > 0; rest = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    private void awaitSession(long since) throws IOException {
        Path file = folder.resolve("s-session.probe");
        long deadline = System.nanoTime() + LONGEST_SILENCE;
        while (lastReply(file) <= since && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(20 * MS);
        }
    }

    /** The newest reply in a probe's file, of the newest hundred records. */
    private static long lastReply(Path file) throws IOException {
        int bytes = 16;
        int header = 8 + 4 + 8 + 8 + 1 + 2 + "session".length() + 2 + "session".length();
        try (RandomAccessFile records = new RandomAccessFile(file.toFile(), "r")) {
            long count = Math.max(0, (records.length() - header) / bytes);
            long first = Math.max(0, count - 100);
            byte[] newest = new byte[(int) (count - first) * bytes];
            records.seek(header + first * bytes);
            records.readFully(newest);
            ByteBuffer content = ByteBuffer.wrap(newest);
            long last = Long.MIN_VALUE;
            for (int at = 0; at < newest.length; at += bytes) {
                last = content.get(at) == 2 ? Math.max(last, content.getLong(at + 8)) : last;
            }
            return last;
        }
    }

    /** Whether its bounds hold, where that is demanded. */
    private boolean evaluate(ProbePlan plan, ProbeTrace trace, Injection injection) {
        SampleTimes times = new SampleTimes(
                injection.open(),
                injection.from() - 20 * MS,
                OptionalLong.empty(),
                OptionalLong.of(injection.until()),
                injection.close(),
                List.of());
        Observation observation = SampleObserver.observe(plan, trace, times);
        Tally tally = tallies.get(plan.name());
        String metric = plan.primary() ? Metrics.DOWNTIME_OBSERVED.id() : Metrics.SESSION_STALL.id();
        Figure figure = observation.figures().get(metric);
        if (figure instanceof Figure.Measured measured) {
            return tally.add(new Tally.Seen(injection.truth(), measured.value(), measured.lower(), measured.upper()));
        } else if (figure instanceof Figure.AtLeast least) {
            return tally.add(new Tally.Seen(injection.truth(), least.value(), least.value(), Double.POSITIVE_INFINITY));
        } else if (figure instanceof Figure.Absent absent) {
            tally.addMissing(absent.reason().key());
        } else {
            addReported(tally, injection.truth(), observation.report().outages());
        }
        return true;
    }

    /** What all probes recorded around an outage of which one probe's bounds did not hold. */
    private void printAttempts(Injection injection) throws IOException {
        for (ProbePlan plan : PLANS) {
            printAttempts(plan, ProbeFile.read(file(plan)).trace(), injection);
        }
    }

    /** In milliseconds since its begin; of the probe that asks each millisecond only what was not answered as soon. */
    private static void printAttempts(ProbePlan plan, ProbeTrace trace, Injection injection) {
        boolean every = plan.interval().toNanos() > MS;
        for (int i = 0; i < trace.size(); i++) {
            long sent = trace.sentNanos(i);
            boolean around = sent > injection.from() - AROUND && sent < injection.until() + AROUND;
            if (around && (every || !trace.answered(i) || trace.receivedNanos(i) - sent > MS)) {
                long until = trace.answered(i) ? trace.receivedNanos(i) : sent + AROUND;
                System.out.printf(
                        Locale.ROOT,
                        "    %s: due %.3f sent %.3f left %.3f received %s, held up for %.3f%n",
                        plan.name(),
                        (trace.scheduledNanos(i) - injection.from()) / (double) MS,
                        (sent - injection.from()) / (double) MS,
                        (trace.leftNanos(i) - injection.from()) / (double) MS,
                        trace.answered(i)
                                ? String.format(Locale.ROOT, "%.3f", (until - injection.from()) / (double) MS)
                                : "never",
                        trace.holdUps().within(sent, until) / (double) MS);
            }
        }
    }

    /** A kind of which no figure is made still has its outages in the report. */
    private static void addReported(Tally tally, double truth, List<Outage> outages) {
        Optional<Outage> longest = outages.stream().max(Comparator.comparingDouble(Outage::durationMillis));
        tally.add(longest.map(outage ->
                        new Tally.Seen(truth, outage.durationMillis(), outage.lowerMillis(), outage.upperMillis()))
                .orElse(new Tally.Seen(truth, 0, 0, 0)));
    }

    /** Prints the table; whether all bars are kept. Under load only the bounds are demanded. */
    private boolean print(int loadedCores) {
        boolean valueBarred = loadedCores == 0;
        System.out.printf(Locale.ROOT, "%nloaded cores: %d; milliseconds%n%s%n", loadedCores, Tally.head());
        tallies.values().forEach(tally -> System.out.println(tally.line(valueBarred)));
        boolean kept = tallies.values().stream().allMatch(tally -> tally.keeps(valueBarred));
        System.out.println(kept ? "all bars kept" : "BARS MISSED");
        return kept;
    }

    private Path file(ProbePlan plan) {
        return folder.resolve("s-" + plan.name() + ".probe");
    }

    private static void empty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
