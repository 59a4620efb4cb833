package io.jenkins.plugins.livemigration.engine.report;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;

/**
 * How a terminal wants its text.
 *
 * @param width columns, at least 40
 * @param unicode whether it shows more than ASCII
 * @param colour whether it wants colours
 */
public record TerminalStyle(int width, boolean unicode, boolean colour, Locale language) {
    private static final int NARROWEST = 40;
    private static final int USUAL = 80;

    public TerminalStyle {
        width = Math.max(width, NARROWEST);
    }

    /**
     * What suits the terminal that this environment describes: {@code COLUMNS} wide; colours only on a terminal, and not
     * if {@code NO_COLOR} is set to anything (no-color.org) or {@code TERM} is {@code dumb}; Unicode if the output's
     * charset can carry it.
     *
     * @param terminal whether the output is a terminal at all
     */
    public static TerminalStyle of(
            Map<String, String> environment, boolean terminal, Charset charset, Locale language) {
        boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new TerminalStyle(
                columns(environment), charset.newEncoder().canEncode("→≥–─"), terminal && !dumb && !refused, language);
    }

    private static int columns(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[0-9]{2,4}") ? Integer.parseInt(columns) : USUAL;
    }
}
