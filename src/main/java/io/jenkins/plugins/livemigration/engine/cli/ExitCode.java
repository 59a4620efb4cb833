package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.verdict.Verdict;

/** The exit codes of all commands, documented in docs/cli.md and in {@code lmb --help}. */
public enum ExitCode {
    /** It worked; a run's verdict is PASS or INSUFFICIENT_BASELINE. */
    OK(0),
    /** A mistake in the program itself. */
    INTERNAL(1),
    /** The command line is wrong. */
    USAGE(2),
    /** The plan, or another file that was given, is wrong; nothing was touched. */
    BAD_PLAN(3),
    /** Preflight, a host or a platform prevented it; no sample could be had. */
    INFRASTRUCTURE(4),
    /** Somebody else holds the lease on the workload. */
    BUSY(5),
    /** The workload is not known to run exactly once. */
    WORKLOAD_ASTRAY(6),
    UNSTABLE(10),
    FAIL(11),
    /** No verdict is possible; also when the platform does not support what was asked. */
    INCONCLUSIVE(12),
    /** Cancelled, by a signal or because the starter vanished. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** What the process ends with. */
    public int number() {
        return number;
    }

    /** The code for a run that ended so and was judged so. */
    static ExitCode of(RunEnd end, Verdict verdict) {
        String why = end.reason().key();
        return switch (end.kind()) {
            case INFRASTRUCTURE -> {
                if (why.equals("engine.leaseRefused")) {
                    yield BUSY;
                }
                yield why.equals("engine.notAtHome") ? WORKLOAD_ASTRAY : INFRASTRUCTURE;
            }
            case INTERRUPTED, KILLED -> INTERRUPTED;
            case NOT_SUPPORTED -> INCONCLUSIVE;
            case COMPLETED ->
                switch (verdict.status()) {
                    case PASS, INSUFFICIENT_BASELINE -> OK;
                    case INCONCLUSIVE -> INCONCLUSIVE;
                    case UNSTABLE -> UNSTABLE;
                    case FAIL -> FAIL;
                    case INFRASTRUCTURE -> INFRASTRUCTURE;
                };
        };
    }
}
