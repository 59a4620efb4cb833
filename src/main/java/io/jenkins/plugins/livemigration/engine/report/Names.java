package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.util.Arrays;
import java.util.Locale;

/** What metrics and categories are called, and how verdicts are signed, for pages that others make. */
public final class Names {
    private final Texts texts;

    /** Names in that language; in English where the engine does not know it. */
    public Names(Locale language) {
        this.texts = new Texts(language);
    }

    /** The name of a metric of the catalogue; another id as it is. */
    public String metric(String id) {
        return texts.metric(id);
    }

    /** The name of a category; one of the reader's own as it is. */
    public String category(String name) {
        return texts.category(name);
    }

    /** The sign of the verdict of that name, which needs no colour; a cross for one that the engine does not know. */
    public static String sign(String verdict) {
        return Arrays.stream(Status.values())
                .filter(status -> status.name().equals(verdict))
                .map(HeadSection::glyph)
                .findFirst()
                .orElse("✕");
    }
}
