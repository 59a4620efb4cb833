package io.jenkins.plugins.livemigration.engine.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines for a terminal: wrapped to its width, in its alphabet, coloured if it wants that. */
final class TerminalText {
    private static final String ESCAPE = "\u001B[";

    private final TerminalStyle style;
    private final StringBuilder out = new StringBuilder();

    TerminalText(TerminalStyle style) {
        this.style = style;
    }

    /** What a piece of text means. Words say the same: colour is never the only carrier. */
    enum Tone {
        PLAIN(""),
        STRONG("1"),
        GOOD("32"),
        WARN("33"),
        BAD("31");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    String text() {
        return out.toString();
    }

    void blank() {
        out.append('\n');
    }

    void line(String text, Tone tone) {
        raw(coloured(plain(text), tone));
    }

    /** A line whose text is plain already. */
    void raw(String line) {
        out.append(line.stripTrailing()).append('\n');
    }

    void wrapped(String text) {
        wrap(plain(text), style.width()).forEach(this::raw);
    }

    /** A point of a list. */
    void item(String text) {
        List<String> lines = wrap(plain(text), style.width() - 2);
        for (int i = 0; i < lines.size(); i++) {
            raw((i == 0 ? "- " : "  ") + lines.get(i));
        }
    }

    /** A word that stands out, and a sentence behind it. */
    void headed(String head, Tone tone, String sentence) {
        String word = plain(head).toUpperCase(Locale.ROOT);
        List<String> lines = wrap(word + "  " + plain(sentence), style.width());
        raw(coloured(word, tone)
                + lines.get(0).substring(Math.min(word.length(), lines.get(0).length())));
        lines.stream().skip(1).forEach(this::raw);
    }

    String coloured(String text, Tone tone) {
        return style.colour() && !tone.code.isEmpty() ? ESCAPE + tone.code + "m" + text + ESCAPE + "0m" : text;
    }

    /**
     * The text in the terminal's alphabet. Control characters become question marks: names and error texts come from
     * elsewhere and must not steer the terminal.
     */
    String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point == '\n' || point == '\t') {
                plain.append(' ');
            } else if (Character.getType(point) == Character.CONTROL
                    || Character.getType(point) == Character.FORMAT
                    || Character.getType(point) == Character.SURROGATE) {
                plain.append('?');
            } else if (style.unicode() || point < 0x80) {
                plain.appendCodePoint(point);
            } else {
                plain.append(ascii(point));
            }
        });
        return plain.toString();
    }

    private static String ascii(int point) {
        return switch (point) {
            case '→' -> "->";
            case '≥' -> ">=";
            case '≤' -> "<=";
            case '–', '—', '─' -> "-";
            case '’', '‘' -> "'";
            case '“', '”' -> "\"";
            case '×' -> "x";
            case '±' -> "+-";
            case '·' -> "*";
            case '…' -> "...";
            case 'µ' -> "u";
            case '∞' -> "inf";
            default -> "?";
        };
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            } else if (line.length() > 0) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
