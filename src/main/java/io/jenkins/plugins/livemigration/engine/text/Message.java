package io.jenkins.plugins.livemigration.engine.text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * A sentence kept as key and arguments, so that it can be stored in a file and rendered later in the reader's language.
 *
 * <p>The part of the key before the first dot names the package below {@code engine} whose {@code Messages} bundle
 * holds the pattern: {@code observe.gapStillOpen} stands in {@code engine/observe/Messages.properties}; for a package
 * further down write {@code migrate/podman.checkpointRefused}, for {@code engine} itself {@code engine.leaseLost}. Patterns are those of {@link SentencePattern}. Arguments
 * are texts: numbers are formatted, with their unit, by whoever makes the message.
 *
 * @param key names the pattern
 * @param arguments fill {@code {0}}, {@code {1}}, ... of the pattern
 */
public record Message(String key, List<String> arguments) {
    private static final String ROOT = "io.jenkins.plugins.livemigration.engine.";
    private static final String LITERAL = "literal";

    @JsonCreator
    public Message(@JsonProperty("key") String key, @JsonProperty("arguments") List<String> arguments) {
        this.key = key;
        this.arguments = List.copyOf(arguments);
    }

    /** A message whose arguments are rendered by {@link String#valueOf(Object)}. */
    public static Message of(String key, @Nullable Object... arguments) {
        List<String> texts = new ArrayList<>();
        for (@Nullable Object argument : arguments) {
            texts.add(String.valueOf(argument));
        }
        return new Message(key, texts);
    }

    /** Somebody else's words (a platform's error text), shown as they are in every language. */
    public static Message literal(String text) {
        return new Message(LITERAL, List.of(text));
    }

    /**
     * The sentence in the given language; English where the language has no bundle. A key without a pattern renders as
     * the key and its arguments: an old file stays readable by a newer engine.
     */
    public String render(Locale locale) {
        if (key.equals(LITERAL)) {
            return String.join(" ", arguments);
        }
        int dot = key.indexOf('.');
        if (dot > 0) {
            String home = key.substring(0, dot);
            String bundle = ROOT + (home.equals("engine") ? "" : home.replace('/', '.') + ".") + "Messages";
            try {
                String pattern = ResourceBundle.getBundle(
                                bundle,
                                locale,
                                Message.class.getClassLoader(),
                                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                        .getString(key.substring(dot + 1));
                return SentencePattern.fill(pattern, arguments);
            } catch (MissingResourceException absent) {
                return key + " " + arguments;
            }
        }
        return key + " " + arguments;
    }

    /** The sentence in English. */
    @Override
    public String toString() {
        return render(Locale.ENGLISH);
    }
}
