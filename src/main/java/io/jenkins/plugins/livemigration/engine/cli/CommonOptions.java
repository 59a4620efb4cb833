package io.jenkins.plugins.livemigration.engine.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** What every command that talks to people takes. */
final class CommonOptions {
    @Option(
            names = "--lang",
            paramLabel = "LANGUAGE",
            converter = LanguageConverter.class,
            description = "Language of what people read: en or id (default: the system's, else en).")
    private Locale language = Locale.getDefault(Locale.Category.DISPLAY);

    /** The reader's language. */
    Locale locale() {
        return language.getLanguage().equals("id") || language.getLanguage().equals("in")
                ? Locale.forLanguageTag("id")
                : Locale.ENGLISH;
    }
}
