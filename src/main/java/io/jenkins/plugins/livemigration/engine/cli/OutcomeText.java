package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Locale;

/** How a sample ended, as a sentence. */
final class OutcomeText {
    private OutcomeText() {}

    /** The sentence. */
    static String of(Outcome outcome, Locale locale) {
        if (outcome instanceof Outcome.Failed failed) {
            return text("outcome.failed", locale, failed.stage(), failed.cause().render(locale));
        }
        if (outcome instanceof Outcome.NotSupported notSupported) {
            return text("outcome.notSupported", locale, notSupported.reason().render(locale));
        }
        if (outcome instanceof Outcome.Cancelled) {
            return text("outcome.cancelled", locale);
        }
        return text(outcome.succeeded() ? "outcome.succeeded" : "outcome.unfinished", locale);
    }

    private static String text(String key, Locale locale, Object... arguments) {
        return Message.of("cli." + key, arguments).render(locale);
    }
}
