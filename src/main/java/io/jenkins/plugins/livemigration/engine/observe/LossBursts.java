package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.text.Message;

/**
 * Lost attempts, and the runs in which they were lost (RFC 3357, "loss period"): a single long outage and losses all over
 * the time have the same percentage.
 */
final class LossBursts {
    private int sent;
    private int lost;
    private int bursts;
    private int longest;
    private int current;

    /** The next attempt, in order of sending. */
    void add(boolean answered) {
        sent++;
        if (answered) {
            current = 0;
            return;
        }
        lost++;
        current++;
        bursts += current == 1 ? 1 : 0;
        longest = Math.max(longest, current);
    }

    int lost() {
        return lost;
    }

    int bursts() {
        return bursts;
    }

    /** How many were lost in a row in the longest burst. */
    int longest() {
        return longest;
    }

    /** The loss in percent; its source tells of the bursts. At least one attempt was added. */
    Figure loss() {
        double percent = 100.0 * lost / sent;
        return lost == 0
                ? Figure.of(percent)
                : Figure.of(percent, Message.of("observe.lossBursts", lost, sent, bursts, longest));
    }
}
