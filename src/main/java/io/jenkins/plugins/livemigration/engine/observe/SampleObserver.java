package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outage;
import io.jenkins.plugins.livemigration.engine.result.ProbeReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what one probe's trace means for one sample. Pure: the same trace and times give the same observation, so that an
 * old run can be evaluated anew. docs/metrics.md has the definitions.
 */
public final class SampleObserver {
    private SampleObserver() {}

    /**
     * Evaluates a trace. The primary probe gives downtime, outages, degradation, {@code migrationTime.service} and the
     * quality of service; a session gives {@code session.stall}; a probe whose other end counts gives each way's loss; every
     * probe gives a report.
     */
    public static Observation observe(ProbePlan plan, ProbeTrace trace, SampleTimes times) {
        long interval = plan.interval().toNanos();
        Optional<OutageDetector.Detection> detection =
                OutageDetector.detect(trace, times, interval, repeatsRequests(plan));
        Map<String, Figure> figures = new LinkedHashMap<>();
        if (plan.primary()) {
            figures.put(Metrics.MIGRATION_TIME_SERVICE.id(), ServiceTime.of(trace, times));
            DowntimeFigures.put(figures, detection, times.requested());
            figures.put(Metrics.DEGRADATION.id(), Degradation.of(trace, times, interval));
            QualityFigures.put(figures, trace, times);
        }
        if (plan instanceof ProbePlan.TcpSession) {
            figures.put(Metrics.SESSION_STALL.id(), SessionStall.of(trace, times, interval));
        }
        if (plan instanceof ProbePlan.OneWay) {
            OneWayFigures.put(figures, trace, times);
        }
        if (plan instanceof ProbePlan.Load load) {
            LoadFigures.put(figures, load, trace, times);
        }
        OneWayLoss.put(figures, plan.name(), trace, times);
        return new Observation(report(plan, trace, times, detection), figures);
    }

    private static ProbeReport report(
            ProbePlan plan, ProbeTrace trace, SampleTimes times, Optional<OutageDetector.Detection> detection) {
        long interval = plan.interval().toNanos();
        long sent = 0;
        long answered = 0;
        long late = 0;
        for (int i = 0; i < trace.size(); i++) {
            if (trace.sentNanos(i) >= times.windowOpen() && trace.sentNanos(i) <= times.windowClose()) {
                sent++;
                answered += trace.answered(i) ? 1 : 0;
                late += trace.sentNanos(i) - trace.scheduledNanos(i) > interval / 2 ? 1 : 0;
            }
        }
        List<Outage> outages = detection.stream()
                .flatMap(found -> found.outages().stream())
                .map(silence -> OutageDetector.outage(silence, times))
                .toList();
        return new ProbeReport(
                plan.name(),
                plan.kind(),
                plan.primary(),
                Millis.of(interval),
                sent,
                answered,
                late,
                outages,
                RttStrip.of(trace, times));
    }

    /** TCP repeats what gets no acknowledgement; datagrams and pings are sent once. */
    private static boolean repeatsRequests(ProbePlan plan) {
        return plan instanceof ProbePlan.Http
                || plan instanceof ProbePlan.TcpConnect
                || plan instanceof ProbePlan.TcpSession;
    }
}
