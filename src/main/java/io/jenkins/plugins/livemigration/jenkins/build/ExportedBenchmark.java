package io.jenkins.plugins.livemigration.jenkins.build;

import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A benchmark in {@code api/json}. docs/jenkins.md documents the fields. */
@ExportedBean(defaultVisibility = 2)
public final class ExportedBenchmark {
    private final StoredBenchmark stored;
    private final transient Optional<JudgedResult> judged;

    ExportedBenchmark(StoredBenchmark stored, BenchmarkPage page) {
        this.stored = stored;
        this.judged = page.resultNow();
    }

    @Exported
    public String getName() {
        return stored.getName();
    }

    /** Where its page is, below the build's. */
    @Exported
    public String getPath() {
        return BenchmarkAction.URL + "/" + stored.getFolder();
    }

    @Exported
    public @Nullable String getVerdict() {
        return stored.getVerdict();
    }

    /** As it is judged now: another one if somebody accepted a level or muted a metric since. */
    @Exported
    public @Nullable String getVerdictNow() {
        return judged.map(result -> result.verdict().status().name()).orElse(null);
    }

    @Exported
    public @Nullable String getSentence() {
        return judged.map(result -> result.verdict().sentence().toString()).orElse(null);
    }

    @Exported
    public @Nullable String getRunId() {
        return judged.map(result -> result.result().runId()).orElse(null);
    }

    @Exported(inline = true)
    public List<ExportedMetric> getMetrics() {
        return judged.stream()
                .flatMap(result -> result.verdict().summaries().stream())
                .filter(summary -> summary.direction().isEmpty())
                .map(ExportedMetric::new)
                .toList();
    }

    /** A metric of one scenario, in the metric's unit. */
    @ExportedBean(defaultVisibility = 3)
    public static final class ExportedMetric {
        private final transient Summary summary;

        ExportedMetric(Summary summary) {
            this.summary = summary;
        }

        @Exported
        public String getScenario() {
            return summary.scenario();
        }

        @Exported
        public String getMetric() {
            return summary.metric();
        }

        @Exported
        public int getN() {
            return summary.n();
        }

        @Exported
        public @Nullable Double getMedian() {
            return summary.spread().map(Summary.Spread::median).orElse(null);
        }

        @Exported
        public @Nullable Double getWorst() {
            return summary.spread().map(Summary.Spread::worst).orElse(null);
        }

        @Exported
        public @Nullable String getCategory() {
            return summary.category().orElse(null);
        }
    }
}
