package io.jenkins.plugins.livemigration.jenkins.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendChoiceTest {
    private static final List<Metric> KNOWN = List.copyOf(Metrics.all());

    @Test
    void isKeptForEachJob() {
        TrendChoice choice = TrendChoice.none().with("one", KNOWN.get(0)).with("folder/one", KNOWN.get(1));

        assertThat(choice.metric("one")).contains(KNOWN.get(0));
        assertThat(choice.metric("folder/one")).contains(KNOWN.get(1));
        assertThat(choice.metric("another")).isEmpty();
        assertThat(TrendChoice.none().metric("one")).isEmpty();
    }

    @Test
    void theNewestChoiceCounts() {
        TrendChoice first = TrendChoice.none().with("one", KNOWN.get(0));

        assertThat(first.with("one", KNOWN.get(1)).metric("one")).contains(KNOWN.get(1));
        assertThat(first.metric("one")).as("the first is left as it was").contains(KNOWN.get(0));
    }

    @Test
    void forgetsTheJobsThatWereChosenForLongestAgo() {
        TrendChoice choice = TrendChoice.none();
        for (int job = 0; job < TrendChoice.MOST_JOBS; job++) {
            choice = choice.with("job-" + job, KNOWN.get(0));
        }
        choice = choice.with("job-0", KNOWN.get(1)).with("one more", KNOWN.get(0));

        assertThat(choice.metric("job-0")).contains(KNOWN.get(1));
        assertThat(choice.metric("job-1")).isEmpty();
        assertThat(choice.metric("job-2")).isPresent();
        assertThat(choice.metric("one more")).isPresent();
    }
}
