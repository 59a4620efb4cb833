package io.jenkins.plugins.livemigration.engine.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one run measured. A pure function of its journal.
 *
 * @param name the benchmark's name from the plan
 * @param runId unique name of the run
 * @param engineVersion version of the engine that measured
 * @param plan the plan as it was run, without secrets; an empty object for imported data
 * @param endedAt absent if the engine was killed
 * @param environment facts about every host by host and fact ({@code kernel}, {@code criu}, ...)
 * @param notes what the reader must know (TLS verification off, an unmeasured way back, a real-time priority)
 */
public record RunResult(
        String name,
        String runId,
        String engineVersion,
        JsonNode plan,
        Instant startedAt,
        Optional<Instant> endedAt,
        RunEnd end,
        Map<String, Map<String, String>> environment,
        List<ClockReading> clocks,
        List<Finding> findings,
        List<Message> notes,
        List<Sample> samples) {
    public RunResult {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        environment.forEach((host, facts) -> copy.put(host, Collections.unmodifiableMap(new LinkedHashMap<>(facts))));
        environment = Collections.unmodifiableMap(copy);
        clocks = List.copyOf(clocks);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
        samples = List.copyOf(samples);
    }

    /** The same without clocks, findings and what only a sample's timeline shows: what a comparison needs. */
    public RunResult withoutDetails() {
        return new RunResult(
                name,
                runId,
                engineVersion,
                plan,
                startedAt,
                endedAt,
                end,
                environment,
                List.of(),
                List.of(),
                notes,
                samples.stream().map(Sample::withoutDetails).toList());
    }

    /** The scenarios in order of first appearance. */
    public List<String> scenarios() {
        return samples.stream().map(Sample::scenario).distinct().toList();
    }
}
