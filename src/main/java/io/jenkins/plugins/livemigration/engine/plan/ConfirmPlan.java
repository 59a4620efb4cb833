package io.jenkins.plugins.livemigration.engine.plan;

import java.util.List;

/**
 * The second look at a suspected regression: the alarming scenarios run once more in the same run.
 *
 * @param samples measured moves per scenario and direction
 * @param freshStart what is started anew before
 */
public record ConfirmPlan(int samples, FreshStart freshStart) {

    /** What the second round does not share with the first. */
    public sealed interface FreshStart {
        /** Nothing: both rounds share whatever offset this boot has. */
        record None() implements FreshStart {}

        /** The scenarios' workloads, by their own commands. */
        record Workload() implements FreshStart {}

        /** What these commands start anew: a lab, the hosts. They run one after another, the workload being at home. */
        record Commands(List<HostCommand> commands) implements FreshStart {
            public Commands {
                commands = List.copyOf(commands);
            }
        }
    }

    /** Whether the second round is a draw of its own. */
    public boolean afresh() {
        return !(freshStart instanceof FreshStart.None);
    }
}
