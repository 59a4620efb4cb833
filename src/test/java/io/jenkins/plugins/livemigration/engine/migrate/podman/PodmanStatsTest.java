package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts are what Podman 5.4 printed. */
class PodmanStatsTest {

    @Test
    void readsACheckpointsStatistics() {
        String text = """
                {"podman_checkpoint_duration":210988,"container_statistics":[{"Id":"31ec..",
                "runtime_checkpoint_duration":47255,"criu_statistics":{"freezing_time":254,"frozen_time":34781,
                "memdump_time":2435,"memwrite_time":1712,"pages_scanned":2073,"pages_written":2066}}]}""";

        assertThat(PodmanStats.parse(text))
                .hasValue(new PodmanStats(210988, 47255, 254, 34781, 2435, 1712, 2073, 2066, 0, 0));
    }

    @Test
    void readsARestoresStatistics() {
        String text = """
                {"podman_restore_duration":118082,"container_statistics":[{"Id":"31ec..",
                "runtime_restore_duration":82427,"criu_statistics":{"forking_time":1,"restore_time":41934,
                "pages_restored":2066}}]}""";

        assertThat(PodmanStats.parse(text)).hasValue(new PodmanStats(118082, 82427, 0, 0, 0, 0, 0, 0, 41934, 2066));
    }

    @Test
    void takesFieldsThatPodmanOmitsForZero() {
        String text =
                "{\"podman_checkpoint_duration\":5,\"container_statistics\":[{\"Id\":\"a\",\"criu_statistics\":{}}]}";

        assertThat(PodmanStats.parse(text)).hasValue(new PodmanStats(5, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "Error: no such container",
                "31ec",
                "[]",
                "{\"podman_checkpoint_duration\":210988,\"container_statistics\":null}",
                "{\"podman_checkpoint_duration\":210988,\"container_statistics\":[]}"
            })
    void hasNoneWhereThereAreNone(String text) {
        assertThat(PodmanStats.parse(text)).isEmpty();
    }
}
