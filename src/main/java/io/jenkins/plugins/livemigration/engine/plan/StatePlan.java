package io.jenkins.plugins.livemigration.engine.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * How the workload's own state is read before and after a move, and what "continued" means.
 *
 * @param source where the value comes from
 * @param extract a regular expression whose first group (or whole match) is the value; the whole answer if absent
 * @param expect how the value after must relate to the one before
 */
public record StatePlan(Source source, Optional<String> extract, Expect expect, Duration timeout) {

    /** Where the value comes from. */
    public sealed interface Source {
        /** Body of a GET from this machine. */
        record Http(String url) implements Source {}

        /** Output of a command on a host of the plan. */
        record Command(HostCommand command) implements Source {}
    }

    /** What "continued" means. */
    public enum Expect {
        EQUAL,
        /** Numbers that must not become smaller. */
        MONOTONIC
    }
}
