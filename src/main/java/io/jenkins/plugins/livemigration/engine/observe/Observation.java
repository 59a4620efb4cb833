package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.ProbeReport;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one probe's trace says about one sample.
 *
 * @param report for the timeline and the tables
 * @param figures by metric id: those that this kind of probe gives ({@code downtime.observed} and {@code outage.*} only of
 *     the primary one, {@code session.stall} only of a session)
 */
public record Observation(ProbeReport report, Map<String, Figure> figures) {
    public Observation {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
