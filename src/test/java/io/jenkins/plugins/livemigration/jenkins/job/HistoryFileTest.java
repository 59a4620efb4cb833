package io.jenkins.plugins.livemigration.jenkins.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    Path folder;

    @Test
    void survivesATornLine() throws Exception {
        Path path = folder.resolve("metrics").resolve("downtime.observed.tsv");
        HistoryFile file = new HistoryFile(path);
        assertThat(file.read(HistoryPoint::parse)).isEmpty();
        file.append(List.of(line(1), line(2)));
        Files.writeString(path, "3\tweb\tdef", StandardOpenOption.APPEND);
        file.append(List.of(line(4)));
        assertThat(file.read(HistoryPoint::parse))
                .extracting(HistoryPoint::build)
                .containsExactly(1, 2, 4);
    }

    @Test
    void aPointIsReadAsItWasWritten() {
        HistoryPoint point = HistoryPoint.parse(line(7)).orElseThrow();
        assertThat(HistoryPoint.parse(point.text()).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(point);
        assertThat(point.lower()).isNull();
        assertThat(point.upper()).isEqualTo(260);
    }

    @Test
    void passesOverWhatIsNoPoint() {
        assertThat(HistoryPoint.parse("")).isEqualTo(Optional.empty());
        assertThat(HistoryPoint.parse("x\tweb\tdefault\t5\t1\t1\t1\t1\tgood")).isEmpty();
    }

    @Test
    void readsOnlyWhatIsNewestFromTheEndOfALongFile() throws Exception {
        HistoryFile file = new HistoryFile(folder.resolve("long.tsv"));
        file.append(
                IntStream.rangeClosed(1, 5_000).mapToObj(HistoryFileTest::line).toList());
        List<Integer> asked = new ArrayList<>();
        List<HistoryPoint> newest = file.readNewest(HistoryPoint::parse, point -> {
            asked.add(point.build());
            return point.build() > 2_001;
        });
        assertThat(newest)
                .extracting(HistoryPoint::build)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(2_001, 5_000).boxed().toList());
        assertThat(asked).first().isEqualTo(5_000);
        assertThat(file.readNewest(HistoryPoint::parse, point -> true)).hasSize(5_000);
    }

    private static String line(int build) {
        return build + "\tweb\tdefault\t5\t250.5\t300\t\t260\tgood";
    }
}
