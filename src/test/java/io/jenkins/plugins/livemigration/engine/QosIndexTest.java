package io.jenkins.plugins.livemigration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QosIndexTest {
    @Test
    void isTheMeanOfWhatWasMeasured() {
        Map<String, Figure> figures = new HashMap<>(Map.of(
                "throughput.during", Figure.of(1.2e6),
                "spacing.mean.during", Figure.of(149),
                "jitter.spacingVariation.during", Figure.of(75),
                "loss.during", Figure.of(25)));
        QosIndex.put(figures);
        assertThat(figures.get("qos.index.during").amount().orElseThrow())
                .isCloseTo((3 + 4 + 2 + 1) / 4.0, within(1e-9));
        assertThat(figures).doesNotContainKey("qos.index.before");
    }

    @Test
    void leavesOutWhatIsAbsentAndSaysWhatIsIn() {
        Map<String, Figure> figures = new HashMap<>(
                Map.of("throughput.after", Figure.absent(Message.literal("none")), "loss.after", Figure.of(0)));
        QosIndex.put(figures);
        Figure.Measured index = (Figure.Measured) figures.get("qos.index.after");
        assertThat(index.value()).isEqualTo(4);
        assertThat(index.source().orElseThrow().toString()).contains("loss 4").doesNotContain("throughput");
    }

    @Test
    void countsThroughputBelowThePrintAsZero() {
        Map<String, Figure> figures = new HashMap<>(Map.of("throughput.before", Figure.of(337_999)));
        QosIndex.put(figures);
        assertThat(figures.get("qos.index.before").amount()).contains(0.0);
    }
}
