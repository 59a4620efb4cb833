package io.jenkins.plugins.livemigration.engine.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** Languages on the command line, by their tags: {@code en}, {@code id}. */
final class LanguageConverter implements ITypeConverter<Locale> {
    @Override
    public Locale convert(String tag) {
        return Locale.forLanguageTag(tag);
    }
}
