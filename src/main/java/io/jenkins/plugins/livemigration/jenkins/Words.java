package io.jenkins.plugins.livemigration.jenkins;

import io.jenkins.plugins.livemigration.engine.text.SentencePattern;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jvnet.localizer.LocaleProvider;

/** The adapter's own words, in the language of who looks; on a thread that serves nobody, in the controller's. */
public final class Words {
    private static final String BUNDLE = Words.class.getPackageName() + ".Messages";

    private Words() {}

    /**
     * The text of a key of this package's bundle.
     *
     * @param arguments shown by {@link String#valueOf(Object)}: numbers are not grouped
     */
    public static String text(String key, Object... arguments) {
        return text(locale(), key, arguments);
    }

    /** The language of who looks. */
    public static Locale locale() {
        return LocaleProvider.getLocale();
    }

    /** The same in a given language. */
    public static String text(Locale locale, String key, Object... arguments) {
        List<String> texts = Arrays.stream(arguments).map(String::valueOf).toList();
        String pattern = ResourceBundle.getBundle(
                        BUNDLE,
                        locale,
                        Words.class.getClassLoader(),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        return SentencePattern.fill(pattern, texts);
    }
}
