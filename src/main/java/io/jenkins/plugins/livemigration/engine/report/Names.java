package io.jenkins.plugins.livemigration.engine.report;

import java.util.Locale;

/** What metrics and categories are called, for pages that others make. */
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
}
