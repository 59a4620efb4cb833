package io.jenkins.plugins.livemigration.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges.Edge;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultCategoriesTest {
    @Test
    void judgeContainersByTheirOwnEdges() {
        assertThat(edges("podman", "downtime.observed"))
                .containsExactly(
                        new Edge("very good", 300),
                        new Edge("good", 1000),
                        new Edge("bad", 3000),
                        new Edge("very bad", Double.POSITIVE_INFINITY));
        assertThat(edges("podman", "migrationTime.platform"))
                .extracting(Edge::below)
                .containsExactly(2_000.0, 10_000.0, 30_000.0, Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"command", "proxmox", ""})
    void judgeAllElseByThePublishedTables(String driver) {
        assertThat(edges(driver, "downtime.observed"))
                .extracting(Edge::below)
                .containsExactly(11.0, 61.0, 100.0, Double.POSITIVE_INFINITY);
        assertThat(edges(driver, "migrationTime.platform"))
                .extracting(Edge::below)
                .containsExactly(31_000.0, 81_000.0, 151_000.0, Double.POSITIVE_INFINITY);
        assertThat(DefaultCategories.ofDriver(driver)).isEqualTo(DefaultCategories.all());
    }

    @Test
    void judgeTheNetworkTheSameForAll() {
        for (String driver : List.of("podman", "command")) {
            assertThat(edges(driver, "delay.rtt.during"))
                    .extracting(Edge::below)
                    .containsExactly(150.0, 300.0, 450.0, Double.POSITIVE_INFINITY);
            assertThat(edges(driver, "loss.after"))
                    .extracting(Edge::below)
                    .containsExactly(3.0, 15.0, 25.0, Double.POSITIVE_INFINITY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman", "command"})
    void areOrderedEdgesOfKnownMetrics(String driver) {
        DefaultCategories.ofDriver(driver).forEach((metric, categories) -> {
            assertThat(Metrics.find(metric)).as(metric).isPresent();
            assertThat(categories.classes()).extracting(Edge::below).isSorted().doesNotHaveDuplicates();
            assertThat(categories.classes()).extracting(Edge::name).doesNotHaveDuplicates();
            assertThat(categories.source()).isNotBlank();
        });
    }

    private static List<Edge> edges(String driver, String metric) {
        return DefaultCategories.ofDriver(driver).get(metric).classes();
    }
}
