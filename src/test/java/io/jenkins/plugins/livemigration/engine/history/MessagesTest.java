package io.jenkins.plugins.livemigration.engine.history;

import io.jenkins.plugins.livemigration.engine.text.BundleCheck;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private final BundleCheck bundles = new BundleCheck("history");

    @Test
    void bothLanguagesSayTheSame() throws IOException {
        bundles.languagesAgree();
    }

    @Test
    void everyKeyIsUsedAndEveryUsedKeyExists() throws IOException {
        bundles.keysAndSourcesAgree(Pattern.compile("\"history\\.([A-Za-z]+)\""));
    }
}
