package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import java.util.List;

/** What reports ask of samples. */
final class Samples {
    private Samples() {}

    static long failed(List<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.outcome() instanceof Outcome.Failed)
                .count();
    }

    /** The outcome in a word, the same in every language: for files. */
    static String outcome(Sample sample) {
        Outcome outcome = sample.outcome();
        if (outcome instanceof Outcome.Succeeded) {
            return "succeeded";
        }
        if (outcome instanceof Outcome.Failed) {
            return "failed";
        }
        if (outcome instanceof Outcome.NotSupported) {
            return "notSupported";
        }
        return outcome instanceof Outcome.Cancelled ? "cancelled" : "unfinished";
    }

    /** Why the sample did not succeed, in the texts' language; empty if it did. */
    static String cause(Sample sample, Texts texts) {
        Outcome outcome = sample.outcome();
        if (outcome instanceof Outcome.Failed failed) {
            return failed.stage().isEmpty()
                    ? texts.of(failed.cause())
                    : failed.stage() + ": " + texts.of(failed.cause());
        }
        if (outcome instanceof Outcome.NotSupported unsupported) {
            return texts.of(unsupported.reason());
        }
        if (outcome instanceof Outcome.Cancelled) {
            return texts.text("outcome.cancelled");
        }
        return outcome instanceof Outcome.Unfinished ? texts.text("outcome.unfinished") : "";
    }
}
