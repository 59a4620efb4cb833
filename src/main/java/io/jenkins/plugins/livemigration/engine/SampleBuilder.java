package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.SideFile;
import io.jenkins.plugins.livemigration.engine.observe.Observation;
import io.jenkins.plugins.livemigration.engine.observe.ProbeTrace;
import io.jenkins.plugins.livemigration.engine.observe.SampleObserver;
import io.jenkins.plugins.livemigration.engine.observe.SampleTimes;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.plan.WindowPlan;
import io.jenkins.plugins.livemigration.engine.result.Evidence;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.Phase;
import io.jenkins.plugins.livemigration.engine.result.ProbeReport;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.result.StateCheck;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Builds one sample from its journal entries and its probes' traces. A pure function of these. */
final class SampleBuilder {
    private static final double NANOS_PER_MILLI = 1e6;

    private final JournalEvent.Move move;
    private final JournalEntry begin;
    private final List<Phase> phases = new ArrayList<>();
    private final Map<String, Long> openPhases = new LinkedHashMap<>();
    private final List<JournalEvent.Marked> marks = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private final Map<String, Figure> figures = new HashMap<>();
    private final Map<String, String> probeFiles = new LinkedHashMap<>();
    private final Map<String, SideFile> vouched = new HashMap<>();
    private Optional<JournalEntry> request = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();
    private Optional<StateCheck> state = Optional.empty();
    private OptionalLong windowOpened = OptionalLong.empty();
    private OptionalLong windowClosed = OptionalLong.empty();
    private OptionalLong ended = OptionalLong.empty();
    private long last;

    private SampleBuilder(JournalEntry begin, JournalEvent.Move move) {
        this.begin = begin;
        this.move = move;
        this.last = begin.nanos();
    }

    /** Where the probes' records are read from. */
    interface Traces {
        /**
         * The records of one file.
         *
         * @param vouched length and checksum as the journal has them; absent if the engine was killed before
         * @return empty if the file is gone or damaged
         */
        Optional<ProbeTrace> read(String file, Optional<SideFile> vouched);
    }

    /**
     * Builds the sample.
     *
     * @param entries the sample's entries, {@link JournalEvent.SampleStarted} first
     * @param scenario the sample's scenario; without it (a plan that cannot be read any more) the probes tell nothing
     */
    static Sample build(List<JournalEntry> entries, Optional<ScenarioPlan> scenario, WindowPlan window, Traces traces) {
        JournalEntry begin = entries.get(0);
        SampleBuilder builder = new SampleBuilder(begin, ((JournalEvent.SampleStarted) begin.event()).move());
        entries.forEach(builder::take);
        return builder.finish(scenario, window, traces);
    }

    private void take(JournalEntry entry) {
        last = Math.max(last, entry.nanos());
        JournalEvent event = entry.event();
        if (event instanceof JournalEvent.ProbeStarted probe) {
            probeFiles.put(probe.probe(), probe.file());
        } else if (event instanceof JournalEvent.ProbeEnded probe) {
            vouched.put(probe.file().probe(), probe.file());
        } else if (event instanceof JournalEvent.WindowOpened) {
            windowOpened = OptionalLong.of(entry.nanos());
        } else if (event instanceof JournalEvent.WindowClosed) {
            windowClosed = OptionalLong.of(entry.nanos());
        } else if (event instanceof JournalEvent.Requested) {
            request = Optional.of(entry);
        } else if (event instanceof JournalEvent.PhaseStarted phase) {
            openPhases.put(phase.phase(), entry.nanos());
        } else if (event instanceof JournalEvent.PhaseEnded phase) {
            Long start = openPhases.remove(phase.phase());
            if (start != null) {
                phases.add(new Phase(phase.phase(), start, entry.nanos(), phase.bytes()));
            }
        } else if (event instanceof JournalEvent.Marked mark) {
            marks.add(mark);
        } else if (event instanceof JournalEvent.Reported reported) {
            figures.put(reported.metric(), reported.figure());
        } else if (event instanceof JournalEvent.EvidenceKept kept) {
            evidence.add(new Evidence(kept.name(), kept.text()));
        } else if (event instanceof JournalEvent.MigrationEnded migration) {
            outcome = Optional.of(migration.outcome());
        } else if (event instanceof JournalEvent.StateChecked checked) {
            state = Optional.of(checked.check());
        } else if (event instanceof JournalEvent.SampleEnded) {
            ended = OptionalLong.of(entry.nanos());
        }
    }

    private Sample finish(Optional<ScenarioPlan> scenario, WindowPlan window, Traces traces) {
        long zero = request.map(JournalEntry::nanos).orElse(begin.nanos());
        long close = windowClosed.orElse(last);
        openPhases.forEach((name, start) -> phases.add(new Phase(name, start, close, OptionalLong.empty())));
        List<Phase> relative = phases.stream()
                .map(phase -> new Phase(
                        phase.name(),
                        (phase.startMillis() - zero) / NANOS_PER_MILLI,
                        (phase.endMillis() - zero) / NANOS_PER_MILLI,
                        phase.bytes()))
                .sorted(Comparator.comparingDouble(Phase::startMillis))
                .toList();
        OptionalLong confirmed = mark(Mark.Kind.CONFIRMED);
        Outcome end = outcome.orElse(new Outcome.Unfinished());

        List<ProbeReport> reports = new ArrayList<>();
        if (request.isPresent()) {
            Figure platformTime = confirmed.isPresent()
                    ? Figure.of((confirmed.getAsLong() - zero) / NANOS_PER_MILLI)
                    : Figure.absent(Message.of("engine.notConfirmed"));
            figures.putIfAbsent(Metrics.MIGRATION_TIME_PLATFORM.id(), platformTime);
            long open = Math.max(
                    windowOpened.orElse(begin.nanos()), zero - window.before().toNanos());
            SampleTimes times = new SampleTimes(open, zero, mark(Mark.Kind.SOURCE_STOPPED), confirmed, close, relative);
            for (ProbePlan probe : scenario.map(ScenarioPlan::probes).orElse(List.of())) {
                observe(probe, traces, times, reports);
            }
        }
        state.ifPresent(check -> figures.put(Metrics.STATE_KEPT.id(), Figure.of(check.kept() ? 1 : 0)));
        explainAbsences(scenario);
        QosIndex.put(figures);
        return new Sample(
                move.order(),
                move.scenario(),
                move.direction(),
                move.number(),
                move.warmup(),
                move.from(),
                move.to(),
                request.orElse(begin).at(),
                overheadMillis(),
                end,
                inOrderOfTheCatalogue(),
                relative,
                relativeMarks(zero),
                reports,
                state,
                evidence);
    }

    private void observe(ProbePlan probe, Traces traces, SampleTimes times, List<ProbeReport> reports) {
        String file = probeFiles.get(probe.name());
        if (file == null) {
            return;
        }
        Optional<SideFile> vouch = Optional.ofNullable(vouched.get(probe.name()));
        Optional<ProbeTrace> trace = traces.read(file, vouch);
        SampleTimes seen = times;
        if (trace.isPresent() && vouch.isEmpty()) {
            seen = times.until(recordedUntil(trace.get()));
            // Records that end before the migration does say nothing of it: not even that there was no reply.
            trace = trace.filter(
                    whole -> recordedUntil(whole) > times.confirmed().orElse(times.requested()));
        }
        if (trace.isEmpty()) {
            if (probe.primary()) {
                figures.put(Metrics.DOWNTIME_OBSERVED.id(), Figure.absent(Message.of("engine.probeRecordsLost", file)));
            }
            return;
        }
        Observation observation = SampleObserver.observe(probe, trace.get(), seen);
        reports.add(observation.report());
        observation.figures().forEach(figures::putIfAbsent);
    }

    private static long recordedUntil(ProbeTrace trace) {
        return trace.size() == 0 ? Long.MIN_VALUE : trace.sentNanos(trace.size() - 1);
    }

    private void explainAbsences(Optional<ScenarioPlan> scenario) {
        figures.putIfAbsent(Metrics.DOWNTIME_REPORTED.id(), Figure.absent(Message.of("engine.notReported")));
        boolean watched = scenario.flatMap(ScenarioPlan::primaryProbe).isPresent();
        figures.putIfAbsent(
                Metrics.DOWNTIME_OBSERVED.id(),
                Figure.absent(Message.of(watched ? "engine.notObserved" : "engine.noPrimaryProbe")));
    }

    private double overheadMillis() {
        if (ended.isEmpty() || windowOpened.isEmpty() || windowClosed.isEmpty()) {
            return 0;
        }
        long window = windowClosed.getAsLong() - windowOpened.getAsLong();
        return (ended.getAsLong() - begin.nanos() - window) / NANOS_PER_MILLI;
    }

    private OptionalLong mark(Mark.Kind kind) {
        return marks.stream()
                .filter(mark -> mark.kind() == kind)
                .mapToLong(JournalEvent.Marked::atNanos)
                .findFirst();
    }

    private List<Mark> relativeMarks(long zero) {
        return marks.stream()
                .map(mark -> new Mark(mark.kind(), (mark.atNanos() - zero) / NANOS_PER_MILLI))
                .sorted(Comparator.comparingDouble(Mark::atMillis))
                .toList();
    }

    private Map<String, Figure> inOrderOfTheCatalogue() {
        Map<String, Figure> ordered = new LinkedHashMap<>();
        for (Metric metric : Metrics.all()) {
            Figure figure = figures.get(metric.id());
            if (figure != null) {
                ordered.put(metric.id(), figure);
            }
        }
        return ordered;
    }
}
