package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.text.BundleCheck;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private final BundleCheck bundles = new BundleCheck("migrate/podman");

    @Test
    void bothLanguagesHaveTheSameKeysAndArguments() throws IOException {
        bundles.languagesAgree();
    }

    @Test
    void everyKeyIsThereAndIsUsed() throws IOException {
        bundles.keysAndSourcesAgree(Pattern.compile("\"migrate/podman\\.([A-Za-z.]+)\""));
    }

    @Test
    void everyFindingHasItsProblemAndItsRemedyAndNoneIsLeftOver() throws IOException {
        bundles.findingsAgree();
    }
}
