package io.jenkins.plugins.livemigration.engine.verdict.regression;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a baseline keeps of one build.
 *
 * @param label how the reader knows it: a build number, a file's name
 * @param planDigest of {@link ComparablePlan}
 * @param environment facts by host and name
 * @param migrations per scenario
 */
public record BaselineBuild(
        String label,
        Instant startedAt,
        String planDigest,
        Map<String, Map<String, String>> environment,
        List<BuildFigure> figures,
        List<MigrationCount> migrations) {
    public BaselineBuild {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        environment.forEach((host, facts) -> copy.put(host, Collections.unmodifiableMap(new LinkedHashMap<>(facts))));
        environment = Collections.unmodifiableMap(copy);
        figures = List.copyOf(figures);
        migrations = List.copyOf(migrations);
    }

    /** The figure of that scenario and metric, if the build has it. */
    public Optional<BuildFigure> figure(String scenario, String metric) {
        return figures.stream().filter(figure -> figure.is(scenario, metric)).findFirst();
    }

    /** The same build with other figures. */
    public BaselineBuild with(List<BuildFigure> others) {
        return new BaselineBuild(label, startedAt, planDigest, environment, others, migrations);
    }
}
