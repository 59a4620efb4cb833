package io.jenkins.plugins.livemigration.engine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.remote.StandardInputCredentials;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/**
 * What another program hands in on standard input.
 *
 * @param credentials the secrets that the plan names
 * @param baseline what the run is to be compared with
 * @param starter what started the run, in one line for people who meet its lease
 */
record HandedIn(ParsedPlan.Valid plan, Credentials credentials, Optional<Baseline> baseline, Optional<String> starter) {
    private static final int MOST_BYTES = 8 << 20;
    /** Platforms keep but short notes, in which the run's name has to have room, too. */
    private static final int LONGEST_STARTER = 100;

    /** Reads secrets alone, from a document that needs no plan. */
    static Optional<Credentials> readCredentials(InputStream in, PrintWriter err, Locale locale) throws IOException {
        return readTree(in, err, locale).map(HandedIn::secrets);
    }

    /** Reads to the end of the input; says on {@code err} what is wrong, never what a secret is. */
    static Optional<HandedIn> read(InputStream in, PrintWriter err, Locale locale) throws IOException {
        Optional<JsonNode> read = readTree(in, err, locale);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        JsonNode tree = read.get();
        if (!tree.path("plan").isObject()) {
            err.println(Message.of("cli.stdinWithoutPlan").render(locale));
            return Optional.empty();
        }
        Optional<Baseline> baseline = Optional.empty();
        if (tree.hasNonNull("baseline")) {
            try {
                baseline = Optional.of(BaselineFile.parse(tree.get("baseline").toString()));
            } catch (IOException broken) {
                err.println(Message.of("cli.baselineUnreadable", String.valueOf(broken.getMessage()))
                        .render(locale));
                return Optional.empty();
            }
        }
        Optional<Baseline> given = baseline;
        return PlanOptions.valid(PlanParser.parse(tree.get("plan")), "stdin", err, locale)
                .map(plan -> new HandedIn(plan, secrets(tree), given, starter(tree)));
    }

    /** The end of a long one says more than its beginning: folders come first. */
    private static Optional<String> starter(JsonNode tree) {
        String text =
                tree.path("starter").asText("").replaceAll("\\p{Cntrl}", " ").strip();
        return Optional.of(text.substring(Math.max(0, text.length() - LONGEST_STARTER)))
                .filter(starter -> !starter.isEmpty());
    }

    /** A plan that names no secret comes without any. */
    private static Credentials secrets(JsonNode tree) {
        return tree.hasNonNull("credentials")
                ? StandardInputCredentials.of(tree.get("credentials"))
                : name -> Optional.empty();
    }

    private static Optional<JsonNode> readTree(InputStream in, PrintWriter err, Locale locale) throws IOException {
        byte[] document = in.readNBytes(MOST_BYTES);
        try {
            return Optional.of(new ObjectMapper().readTree(document));
        } catch (JsonProcessingException broken) {
            // Jackson's message would quote the document, and with it perhaps a secret.
            err.println(Message.of("cli.stdinNotJson", broken.getLocation().getLineNr())
                    .render(locale));
            return Optional.empty();
        }
    }
}
