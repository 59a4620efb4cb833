package io.jenkins.plugins.livemigration.engine.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.livemigration.engine.plan.DefaultCategories;
import io.jenkins.plugins.livemigration.engine.plan.Threshold;
import io.jenkins.plugins.livemigration.engine.result.ClockReading;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Evidence;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Outage;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.Phase;
import io.jenkins.plugins.livemigration.engine.result.ProbeReport;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.result.StateCheck;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Judge;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Runs with plausible figures, the same on every machine. */
public final class SampleResults {
    private static final Instant START = Instant.parse("2026-11-20T05:42:13.250Z");

    private SampleResults() {}

    /** Two scenarios to and fro between hosts {@code a} and {@code b}, one failed sample, one still dark at the end. */
    public static RunResult podman() {
        return podman(10);
    }

    /** The same with so many samples per direction. */
    public static RunResult podman(int perDirection) {
        Random random = new Random(42);
        List<Sample> samples = new ArrayList<>();
        int order = 0;
        for (int number = 0; number <= perDirection; number++) {
            for (Direction direction : Direction.values()) {
                for (String scenario : List.of("stop-and-copy", "pre-copy")) {
                    order++;
                    boolean warmup = number == 0;
                    samples.add(sample(order, scenario, direction, warmup ? 1 : number, warmup, random));
                }
            }
        }
        return run("counter", samples, new RunEnd(RunEnd.Kind.COMPLETED, Message.literal("All samples were taken.")));
    }

    /** A run of these samples that ended so. */
    public static RunResult run(String name, List<Sample> samples, RunEnd end) {
        Map<String, Map<String, String>> environment = new LinkedHashMap<>();
        environment.put("a", facts("6.1.0-40-amd64", "3.17.1"));
        environment.put("b", facts("6.12.48-amd64", "4.1.1"));
        return new RunResult(
                name,
                "20261120-054213-7f3a",
                "0.1.0",
                JsonNodeFactory.instance.objectNode().put("name", name),
                START,
                Optional.of(START.plusSeconds(402)),
                end,
                environment,
                List.of(new ClockReading("a", 0.412, 0.081), new ClockReading("b", -1.733, 0.094)),
                List.of(
                        new Finding(
                                Finding.Severity.OK,
                                "a",
                                Message.literal("Podman 4.3.1 with crun 1.8.1"),
                                Message.literal("Checked: version, privileges.")),
                        new Finding(
                                Finding.Severity.WARNING,
                                "b",
                                Message.literal("The kernels of a and b differ: 6.1.0-40-amd64 and 6.12.48-amd64."),
                                Message.literal("Compare each direction by itself."))),
                List.of(Message.literal("The engine runs without real-time priority: SCHED_FIFO was not permitted.")),
                samples);
    }

    private static Map<String, String> facts(String kernel, String criu) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kernel", kernel);
        facts.put("cpu", "AMD EPYC 7543 32-Core Processor");
        facts.put("governor", "performance");
        facts.put("podman", "4.3.1");
        facts.put("runtime", "crun 1.8.1");
        facts.put("criu", criu);
        facts.put("mtu", "1500");
        return facts;
    }

    /** A verdict by default categories and one limit. */
    public static JudgedResult judged(RunResult result, Threshold... thresholds) {
        return new JudgedResult(
                JudgedResult.FORMAT_VERSION,
                result,
                new Judge(DefaultCategories.all(), List.of(thresholds)).judge(result));
    }

    /** A limit on the median of the observed downtime. */
    public static Threshold medianDowntime(double unstable, double fail) {
        return new Threshold(
                "downtime.observed",
                Threshold.Of.MEDIAN,
                Optional.empty(),
                Optional.of(unstable),
                Optional.of(fail),
                Math.round(unstable) + " ms",
                Math.round(fail) + " ms");
    }

    private static Sample sample(
            int order, String scenario, Direction direction, int number, boolean warmup, Random random) {
        boolean out = direction == Direction.OUT;
        String from = out ? "a" : "b";
        String to = out ? "b" : "a";
        Instant at = START.plusSeconds(9L * order);
        if (scenario.equals("stop-and-copy") && number == 4 && direction == Direction.BACK) {
            return failed(order, scenario, direction, number, from, to, at);
        }
        double spread = Math.exp(0.06 * random.nextGaussian()) * (out ? 1 : 1.09);
        boolean preCopy = scenario.equals("pre-copy");
        List<Phase> phases = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        double time = 0;
        if (preCopy) {
            for (int round = 1; round <= 3; round++) {
                double length = spread * 210 / round;
                phases.add(new Phase("pre-copy " + round, time, time + length, OptionalLong.of(31_000_000L / round)));
                time += length;
                marks.add(new Mark(Mark.Kind.ITERATION, time));
            }
        } else {
            phases.add(new Phase("synchronise volumes", 0, 96 * spread, OptionalLong.of(1_240_000)));
            time = 96 * spread;
        }
        double stopped = time + 4;
        double dump = (preCopy ? 118 : 246) * spread;
        double transfer = (preCopy ? 41 : 137) * spread;
        double restore = (preCopy ? 172 : 228) * spread;
        marks.add(new Mark(Mark.Kind.SOURCE_STOPPED, stopped));
        phases.add(new Phase("checkpoint", stopped, stopped + dump, OptionalLong.of(preCopy ? 6_100_000 : 34_800_000)));
        phases.add(new Phase(
                "transfer",
                stopped + 30,
                stopped + dump + transfer,
                OptionalLong.of(preCopy ? 6_100_000 : 34_800_000)));
        double opened = stopped + dump + transfer + restore;
        phases.add(new Phase("restore", stopped + dump + transfer, opened, OptionalLong.empty()));
        marks.add(new Mark(Mark.Kind.DESTINATION_OPENED, opened));
        double confirmed = opened + 160 * spread;
        phases.add(new Phase("clean up", opened, confirmed, OptionalLong.empty()));
        marks.add(new Mark(Mark.Kind.CONFIRMED, confirmed));

        double outage = opened - stopped + 22 + 6 * random.nextDouble();
        boolean open = preCopy && number == 7 && out;
        double reported = dump + restore * 0.82;
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("migrationTime.platform", Figure.of(confirmed));
        figures.put("migrationTime.service", Figure.between(stopped + outage - 10, stopped + outage, stopped + outage));
        figures.put(
                "downtime.reported",
                Figure.of(reported, Message.literal("CRIU frozen time plus transfer plus CRIU restore time")));
        figures.put(
                "downtime.observed",
                open
                        ? new Figure.AtLeast(
                                outage, Message.literal("The service was still silent when the window closed."))
                        : Figure.between(outage - 9.6, outage, outage + 10.1));
        figures.put("outage.longest", open ? figures.get("downtime.observed") : Figure.of(outage));
        figures.put("outage.count", Figure.of(1));
        figures.put("session.stall", Figure.of(outage + 200 * random.nextDouble()));
        figures.put("criu.frozen", Figure.of(dump * 0.74));
        figures.put("bytes.archive", Figure.of(preCopy ? 6_100_000 : 34_800_000));
        figures.put("bytes.wire", Figure.absent(Message.literal("The interface's counters could not be read.")));
        figures.put("loss.during", Figure.of(4.1 + random.nextDouble()));
        figures.put("jitter.rfc3550.during", Figure.of(2.2 + random.nextDouble()));
        double end = confirmed + 10_000;
        return new Sample(
                order,
                scenario,
                direction,
                number,
                warmup,
                from,
                to,
                at,
                412,
                new Outcome.Succeeded(),
                figures,
                phases,
                marks,
                List.of(
                        probe("udp", "udp", true, 10, stopped, outage, end, open, random),
                        probe("http", "http", false, 50, stopped - 8, outage + 31, end, false, random),
                        probe("session", "session", false, 10, stopped, outage + 140, end, false, random)),
                Optional.of(new StateCheck("1204" + order, "1209" + order, true)),
                List.of(new Evidence(
                        "podman container checkpoint --print-stats",
                        "{\"podman_checkpoint_duration\": " + Math.round(dump * 1000) + "}")));
    }

    /** A virtual machine that moved for many seconds and was dark for a blink, near the end. */
    static Sample machine(double total, double observed, double reported) {
        double stopped = total - 900;
        Random random = new Random(7);
        return new Sample(
                1,
                "vm",
                Direction.OUT,
                1,
                false,
                "pve1",
                "pve2",
                START,
                120,
                new Outcome.Succeeded(),
                Map.of(
                        "migrationTime.platform", Figure.of(total),
                        "downtime.reported", Figure.of(reported),
                        "downtime.observed", Figure.between(observed - 1, observed, observed + 1)),
                List.of(
                        new Phase("disk", 400, total * 0.6, OptionalLong.of(8_000_000_000L)),
                        new Phase("memory", total * 0.6, stopped + observed, OptionalLong.of(4_100_000_000L))),
                List.of(new Mark(Mark.Kind.SOURCE_STOPPED, stopped), new Mark(Mark.Kind.CONFIRMED, total)),
                List.of(probe("udp", "udp", true, 1, stopped, observed, total + 10_000, false, random)),
                Optional.empty(),
                List.of());
    }

    private static Sample failed(
            int order, String scenario, Direction direction, int number, String from, String to, Instant at) {
        return new Sample(
                order,
                scenario,
                direction,
                number,
                false,
                from,
                to,
                at,
                655,
                new Outcome.Failed(
                        "restore",
                        Message.literal("criu failed: type RESTORE errno 0: Can't bind a TCP socket to 10.77.0.100")),
                Map.of(),
                List.of(
                        new Phase("synchronise volumes", 0, 97, OptionalLong.of(1_240_000)),
                        new Phase("checkpoint", 101, 352, OptionalLong.of(34_800_000)),
                        new Phase("restore", 489, 630, OptionalLong.empty())),
                List.of(new Mark(Mark.Kind.SOURCE_STOPPED, 101)),
                List.of(),
                Optional.empty(),
                List.of(new Evidence("restore.log", "Error (criu/sk-inet.c:1028): inet: Can't bind inet socket")));
    }

    private static ProbeReport probe(
            String name,
            String kind,
            boolean primary,
            double interval,
            double stopped,
            double outage,
            double end,
            boolean open,
            Random random) {
        List<ProbeReport.RttSlice> rtt = new ArrayList<>();
        double slice = 50;
        for (double start = -1000; start < end; start += slice) {
            int sent = (int) Math.max(1, slice / interval);
            boolean dark = start + slice > stopped && start < stopped + outage;
            int answered = dark ? 0 : sent;
            double base = 0.31 + 0.05 * random.nextDouble();
            double after = start - stopped - outage;
            double median = dark ? 0 : after >= 0 && after < 400 ? base * (6 - after / 80) : base;
            rtt.add(new ProbeReport.RttSlice(start, start + slice, sent, answered, median, median * 1.8));
        }
        long sent = Math.round((end + 1000) / interval);
        long missing = Math.round(outage / interval);
        return new ProbeReport(
                name,
                kind,
                primary,
                interval,
                sent,
                sent - missing,
                random.nextInt(4),
                List.of(new Outage(
                        stopped,
                        open ? end : stopped + outage + interval,
                        outage,
                        outage - interval,
                        outage + interval,
                        open,
                        missing,
                        List.of("checkpoint", "transfer", "restore"))),
                rtt);
    }
}
