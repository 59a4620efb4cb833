package io.jenkins.plugins.livemigration.jenkins.step;

import java.nio.charset.StandardCharsets;

/** What an engine printed, made fit for a console. */
final class ProgressText {
    private ProgressText() {}

    /** How many of the bytes are whole lines; all of them if there is no end of a line at all and none can follow. */
    static int wholeLines(byte[] bytes, boolean last) {
        if (last) {
            return bytes.length;
        }
        for (int i = bytes.length; i > 0; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return 0;
    }

    /** The text of the first bytes, without characters that would command a terminal or forge a console note. */
    static String text(byte[] bytes, int length) {
        return clean(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }

    /** A text without such characters. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean visible = point == '\n' || point == '\t' || !Character.isISOControl(point);
            clean.appendCodePoint(visible ? point : '?');
        });
        return clean.toString();
    }
}
