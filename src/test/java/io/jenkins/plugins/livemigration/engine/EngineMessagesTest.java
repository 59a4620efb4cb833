package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.text.BundleCheck;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineMessagesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            ''              ~ "engine\\.([A-Za-z]+)"
            migrate/command ~ "migrate/command\\.([A-Za-z.]+)"
            cli             ~ "(?:cli\\.)?((?<=cli\\.)[A-Za-z]+(?:\\.[A-Za-z]*)?|(?:progress|outcome|severity|capture)\\.[A-Za-z.]+)"
            """)
    void everySentenceIsThereInBothLanguages(String home, String used) throws IOException {
        BundleCheck bundle = new BundleCheck(home);

        bundle.languagesAgree();
        bundle.keysAndSourcesAgree(Pattern.compile(used));
    }
}
