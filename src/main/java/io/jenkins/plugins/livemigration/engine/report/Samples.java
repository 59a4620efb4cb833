package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Outage;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.ProbeReport;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

    /** The report of the primary probe, if the sample has one. */
    static Optional<ProbeReport> primary(Sample sample) {
        return sample.probes().stream().filter(ProbeReport::primary).findFirst();
    }

    /** Where both downtimes begin in the picture: with the observed outage, or when the source stopped. */
    static double downtimeStart(Sample sample) {
        Optional<Double> outage = primary(sample)
                .flatMap(probe -> probe.outages().stream()
                        .max(Comparator.comparingDouble(Outage::durationMillis))
                        .map(Outage::startMillis));
        return outage.or(() -> sample.marks().stream()
                        .filter(mark -> mark.kind() == Mark.Kind.SOURCE_STOPPED)
                        .findFirst()
                        .map(Mark::atMillis))
                .orElse(0.0);
    }
}
