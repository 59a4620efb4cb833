package io.jenkins.plugins.livemigration.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalReportTest {
    private static final JudgedResult RUN =
            SampleResults.judged(SampleResults.podman(), SampleResults.medianDowntime(600, 2000));

    @Test
    void showsReportedBesideObservedDowntimeAndTheVerdict() {
        Golden.check("terminal-wide.txt", text(120, true, false, Locale.ENGLISH));
    }

    @Test
    void leavesOutWhatDoesNotFit() {
        Golden.check("terminal-80.txt", text(80, true, false, Locale.ENGLISH));
    }

    @Test
    void keepsToAsciiAndToNarrowTerminals() {
        String text = text(48, false, false, Locale.ENGLISH);

        assertThat(text).matches("\\p{ASCII}*");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(48));
        Golden.check("terminal-ascii-48.txt", text);
    }

    @Test
    void speaksIndonesian() {
        Golden.check("terminal-id.txt", text(120, true, false, Locale.forLanguageTag("id")));
    }

    @Test
    void coloursOnlyAddToTheSameText() {
        String coloured = text(120, true, true, Locale.ENGLISH);

        assertThat(coloured).contains("\u001B[33mUNSTABLE\u001B[0m");
        assertThat(coloured.replaceAll("\u001B\\[[0-9]*m", "")).isEqualTo(text(120, true, false, Locale.ENGLISH));
    }

    @Test
    void letsNoNameSteerTheTerminal() {
        JudgedResult hostile = SampleResults.judged(SampleResults.run(
                "x\u001B]0;owned\u0007\u202Ey",
                SampleResults.podman().samples(),
                SampleResults.podman().end()));

        assertThat(new TerminalReport(new TerminalStyle(80, true, false, Locale.ENGLISH)).text(hostile))
                .startsWith("x?]0;owned??y\n")
                .doesNotContain("\u001B", "\u0007", "\u202E");
    }

    @Test
    void coloursATerminalUnlessItIsToldNotTo() {
        assertThat(style(Map.of("TERM", "xterm"), true).colour()).isTrue();
        assertThat(style(Map.of("TERM", "xterm", "NO_COLOR", "1"), true).colour())
                .isFalse();
        assertThat(style(Map.of("TERM", "dumb"), true).colour()).isFalse();
        assertThat(style(Map.of("TERM", "xterm"), false).colour()).isFalse();
    }

    @Test
    void asksTheEnvironmentForWidthAndTheCharsetForItsLetters() {
        assertThat(style(Map.of("COLUMNS", "132"), true).width()).isEqualTo(132);
        assertThat(style(Map.of("COLUMNS", "wide"), true).width()).isEqualTo(80);
        assertThat(style(Map.of("COLUMNS", "10"), true).width()).isEqualTo(40);
        assertThat(TerminalStyle.of(Map.of(), true, StandardCharsets.US_ASCII, Locale.ENGLISH)
                        .unicode())
                .isFalse();
    }

    private static TerminalStyle style(Map<String, String> environment, boolean terminal) {
        return TerminalStyle.of(environment, terminal, StandardCharsets.UTF_8, Locale.ENGLISH);
    }

    private static String text(int width, boolean unicode, boolean colour, Locale language) {
        return new TerminalReport(new TerminalStyle(width, unicode, colour, language)).text(RUN);
    }
}
