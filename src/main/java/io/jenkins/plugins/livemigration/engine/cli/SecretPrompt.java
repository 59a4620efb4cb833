package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.remote.CommandLineCredentials;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/** Asks the person at the terminal for a secret, without showing it. */
final class SecretPrompt {
    private SecretPrompt() {}

    /** Secrets from the environment, from files, or from the person, in this order. */
    static Credentials credentials(Locale locale) {
        return new CommandLineCredentials(System.getenv(), name -> ask(name, locale));
    }

    private static Optional<String> ask(String name, Locale locale) {
        Console console = Terminals.live(false) ? System.console() : null;
        if (console == null) {
            return Optional.empty();
        }
        char[] entered =
                console.readPassword("%s ", Message.of("cli.askSecret", name).render(locale));
        return entered == null || entered.length == 0 ? Optional.empty() : Optional.of(new String(entered));
    }
}
