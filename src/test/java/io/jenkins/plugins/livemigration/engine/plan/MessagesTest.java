package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.text.BundleCheck;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private final BundleCheck bundles = new BundleCheck("plan");

    @Test
    void bothLanguagesHaveTheSameKeysAndArguments() throws IOException {
        bundles.languagesAgree();
    }

    @Test
    void everyKeyIsThereAndIsUsed() throws IOException {
        bundles.keysAndSourcesAgree(Pattern.compile("\"plan\\.([A-Za-z0-9]+)\""));
    }
}
