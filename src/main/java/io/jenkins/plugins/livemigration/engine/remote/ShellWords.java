package io.jenkins.plugins.livemigration.engine.remote;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes words for a POSIX shell: the only place that quotes them. A quoted word reaches the command exactly as it was
 * given, whatever stands in it.
 *
 * <p>Quoting does not keep a command from taking a word that begins with a dash for an option; put {@code --} before
 * such words where the command knows it.
 */
public final class ShellWords {
    /** Words of these characters alone mean themselves to every shell, wherever in a command they stand. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@,+-]+");

    private ShellWords() {}

    /**
     * One word.
     *
     * @throws IllegalArgumentException if it holds a NUL, which no argument of a process can, or half of a surrogate
     *     pair, which no encoding can
     */
    public static String quote(String word) {
        refuseUnsendable(word);
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * Several words, with a blank between each.
     *
     * @throws IllegalArgumentException as {@link #quote}
     */
    public static String join(List<String> words) {
        return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }

    /**
     * Several words, with a blank between each.
     *
     * @throws IllegalArgumentException as {@link #quote}
     */
    public static String join(String... words) {
        return join(List.of(words));
    }

    /** Refuses text that cannot be handed to a shell as it is; says where the fault is, not what the text is. */
    static void refuseUnsendable(String text) {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new IllegalArgumentException("a NUL at index " + nul + " cannot be handed to a shell");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("half of a surrogate pair cannot be handed to a shell");
        }
    }
}
