package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.List;

/**
 * A figure of this build and the ones before it, held against the pinned golden builds: slow creep, which a rolling
 * baseline follows and does not see. Reported apart; it does not gate.
 *
 * @param crept whether the level has risen by a change that matters, at 1 %
 * @param change ratio or difference, as for {@link AgainstBaseline}
 * @param p one-sided
 */
public record CreepFinding(
        String scenario,
        String metric,
        boolean crept,
        double change,
        double p,
        List<String> golden,
        List<String> recent,
        Message sentence) {
    public CreepFinding {
        golden = List.copyOf(golden);
        recent = List.copyOf(recent);
    }
}
