package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.report.TerminalStyle;
import java.nio.charset.Charset;
import java.util.Locale;

/** What this process's terminal can do. */
final class Terminals {
    private Terminals() {}

    /** How to write for it. */
    static TerminalStyle style(Locale locale) {
        return TerminalStyle.of(System.getenv(), interactive(), Charset.defaultCharset(), locale);
    }

    /** Whether a line may be drawn over: standard output is a terminal and is not kept for a machine. */
    static boolean live(boolean json) {
        return interactive() && !json && !"dumb".equals(System.getenv("TERM"));
    }

    /**
     * Whether standard output is a terminal. Java 17 cannot tell when only standard input is redirected, so {@code ./lmb}
     * says it.
     */
    private static boolean interactive() {
        return Boolean.getBoolean("lmb.terminal");
    }
}
