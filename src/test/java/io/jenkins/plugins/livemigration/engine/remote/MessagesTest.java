package io.jenkins.plugins.livemigration.engine.remote;

import io.jenkins.plugins.livemigration.engine.text.BundleCheck;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private final BundleCheck bundles = new BundleCheck("remote");

    @Test
    void bothLanguagesHaveTheSameKeysAndArguments() throws IOException {
        bundles.languagesAgree();
    }

    @Test
    void everyKeyIsThereAndIsUsed() throws IOException {
        bundles.keysAndSourcesAgree(Pattern.compile("\"remote\\.([A-Za-z0-9]+)\""));
    }
}
