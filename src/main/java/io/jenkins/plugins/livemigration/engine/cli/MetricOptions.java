package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which metrics a command shows. */
final class MetricOptions {
    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            description = "Only this metric, by its id (docs/metrics.md). Repeatable. 'all' shows every metric"
                    + " (default: downtimes and migration times).")
    private List<String> ids = new ArrayList<>();

    /** The metrics that were asked for. */
    Collection<Metric> chosen(CommandLine command, List<Metric> usual) {
        if (ids.isEmpty()) {
            return usual;
        }
        if (ids.contains("all")) {
            return Metrics.all();
        }
        List<Metric> chosen = new ArrayList<>();
        for (String id : ids) {
            chosen.add(find(command, id));
        }
        return chosen;
    }

    /** The metric of that id. */
    static Metric find(CommandLine command, String id) {
        return Metrics.find(id)
                .orElseThrow(() -> new ParameterException(
                        command, "There is no metric '" + id + "'; docs/metrics.md has them all."));
    }
}
