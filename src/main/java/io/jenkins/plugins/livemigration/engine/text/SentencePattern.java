package io.jenkins.plugins.livemigration.engine.text;

import java.text.ChoiceFormat;
import java.text.FieldPosition;
import java.text.Format;
import java.text.MessageFormat;
import java.text.ParsePosition;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Fills a bundle's pattern with texts. Patterns are those of {@link MessageFormat}, and {@code choice} works although the
 * arguments are texts: {@code {0} {0,choice,0#samples|1#sample|1<samples}}. Thread-safe.
 */
public final class SentencePattern {
    /** For what is no number: the word for several. */
    private static final double SEVERAL = 2;

    private SentencePattern() {}

    /**
     * The sentence.
     *
     * @param arguments taken as they are: whoever makes a message formats its numbers
     * @throws IllegalArgumentException if the pattern is none
     */
    public static String fill(String pattern, List<String> arguments) {
        MessageFormat sentence = new MessageFormat(pattern, Locale.ROOT);
        @Nullable Format[] formats = sentence.getFormats();
        for (int i = 0; i < formats.length; i++) {
            if (formats[i] instanceof ChoiceFormat choice) {
                sentence.setFormat(i, new Counted(choice, arguments.toArray(String[]::new)));
            }
        }
        return sentence.format(arguments.toArray());
    }

    /** Chooses by the number that a text says. What it chooses may have arguments of its own. */
    private static final class Counted extends Format {
        private static final long serialVersionUID = 1L;
        private final ChoiceFormat choice;
        private final String[] arguments;

        Counted(ChoiceFormat choice, String[] arguments) {
            this.choice = choice;
            this.arguments = arguments;
        }

        @Override
        public StringBuffer format(Object count, StringBuffer to, FieldPosition position) {
            return to.append(fill(choice.format(number(count.toString())), List.of(arguments)));
        }

        private static double number(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException none) {
                return SEVERAL;
            }
        }

        @Override
        public @Nullable Object parseObject(String source, ParsePosition position) {
            throw new UnsupportedOperationException("sentences are not read back");
        }
    }
}
