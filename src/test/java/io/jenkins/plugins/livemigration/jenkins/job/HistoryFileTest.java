package io.jenkins.plugins.livemigration.jenkins.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    Path folder;

    @Test
    void survivesATornLine() throws Exception {
        Path path = folder.resolve("job").resolve("history.jsonl");
        HistoryFile file = new HistoryFile(path);
        assertThat(file.read()).isEmpty();
        file.append(entry(1));
        Files.writeString(path, "{\"v\":1,\"build\":2,\"na", StandardOpenOption.APPEND);
        file.append(entry(3));
        assertThat(file.read()).extracting(HistoryEntry::build).containsExactly(1, 3);
    }

    @Test
    void passesOverWhatIsNoEntry() throws Exception {
        Path path = folder.resolve("history.jsonl");
        Files.writeString(path, "[]\n\n7\n{}\n{\"v\":2,\"build\":1}\n");
        assertThat(new HistoryFile(path).read()).isEmpty();
    }

    private static HistoryEntry entry(int build) throws Exception {
        return HistoryEntry.of(new ObjectMapper()
                        .readTree("{\"v\":1,\"build\":" + build
                                + ",\"name\":\"web\",\"status\":\"PASS\",\"scenarios\":{}}"))
                .orElseThrow();
    }
}
