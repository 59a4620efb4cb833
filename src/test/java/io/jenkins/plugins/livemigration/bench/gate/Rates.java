package io.jenkins.plugins.livemigration.bench.gate;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts how often what alarmed. */
final class Rates {
    private final Map<String, Integer> hits = new LinkedHashMap<>();
    private int trials;

    void trial() {
        trials++;
    }

    void hit(String what, boolean happened) {
        hits.merge(what, happened ? 1 : 0, Integer::sum);
    }

    int trials() {
        return trials;
    }

    double share(String what) {
        return hits.getOrDefault(what, 0) / (double) trials;
    }

    double upper(String what) {
        return ExactBound.upper(hits.getOrDefault(what, 0), trials);
    }

    double lower(String what) {
        return ExactBound.lower(hits.getOrDefault(what, 0), trials);
    }
}
