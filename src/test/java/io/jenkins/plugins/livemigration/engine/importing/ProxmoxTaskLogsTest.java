package io.jenkins.plugins.livemigration.engine.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.livemigration.engine.importing.ImportFormat.MalformedImportException;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.RealLogs;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Judge;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxmoxTaskLogsTest {
    private static final long PLENTY = 1_000_000;
    private static final ImportFormat FORMAT = new ProxmoxTaskLogs();

    @TempDir
    private Path folder;

    @Test
    void makesOneRunOfAllFiles() throws IOException {
        List<Path> files = List.of(real("pve6.3-2021-ok"), real("pve3.x-resume-failed-after-completed"));

        assertThat(FORMAT.runs(files)).containsExactly(files);
        RunResult run = FORMAT.read(files, PLENTY);

        assertThat(run.samples()).hasSize(2);
        assertThat(run.samples().get(0).outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(run.samples().get(1).outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(run.samples().get(0).scenario()).isEqualTo("VM 101");
        assertThat(run.samples().get(0).evidence().get(0).text()).isEqualTo(RealLogs.text("pve6.3-2021-ok"));
    }

    @Test
    void aLogThatIsCutIsUnfinishedAndNobodyIsBlamed() throws IOException {
        Sample sample = FORMAT.read(real("pve7.1-2022-32GiB-head-only"), PLENTY)
                .samples()
                .get(0);

        assertThat(sample.outcome()).isInstanceOf(Outcome.Unfinished.class);
        assertThat(Message.of("report.outcome.unfinished")).hasToString("unfinished: its end was not recorded");
    }

    @Test
    void boundsTheMigrationTimeByItsResolution() throws IOException {
        Sample sample = FORMAT.read(real("pve6.3-2021-ok"), PLENTY).samples().get(0);

        Figure.Measured time =
                (Figure.Measured) sample.figure(Metrics.MIGRATION_TIME_PLATFORM).orElseThrow();
        assertThat(time.value()).isEqualTo(8000);
        assertThat(time.lower()).isEqualTo(7000);
        assertThat(time.upper()).isEqualTo(9000);
        assertThat(sample.figure(Metrics.DOWNTIME_OBSERVED)).isEmpty();
    }

    @Test
    void takesNodeAndTimeFromTheTasksName() throws IOException {
        Path out = copy("pve6.3-2021-ok", "UPID:pve1:0002B1C4:0038D96F:6080B0F1:qmigrate:101:root@pam:");
        Path back = copy("pve6.3-2021-ok", "UPID:pve3:0002B1C5:0038D970:6080B1F1:qmigrate:101:root@pam:");
        Files.writeString(back, Files.readString(back).replace("to node 'pve3'", "to node 'pve1'"));

        // given in the wrong order
        RunResult run = FORMAT.read(List.of(back, out), PLENTY);

        assertThat(run.samples()).extracting(Sample::from).containsExactly("pve1", "pve3");
        assertThat(run.samples()).extracting(Sample::direction).containsExactly(Direction.OUT, Direction.BACK);
        assertThat(run.samples()).extracting(Sample::number).containsExactly(1, 1);
        assertThat(run.startedAt()).isEqualTo(Instant.ofEpochSecond(0x6080B0F1L));
        assertThat(run.notes()).noneSatisfy(note -> assertThat(note.key()).isEqualTo("importing.localTime"));
    }

    @Test
    void findsSeveralLogsInOneFile() throws IOException {
        Path file = folder.resolve("all.log");
        Files.writeString(file, RealLogs.text("pve6.3-2021-ok") + RealLogs.text("pve4.2-2016-gluster-ok"));

        assertThat(FORMAT.read(file, PLENTY).samples()).hasSize(2);
    }

    @Test
    void labelsWithTheStudysCategories() throws IOException {
        RunResult run = FORMAT.read(real("pve6.3-2021-ok"), PLENTY);

        List<Summary> summaries =
                new Judge(FORMAT.categories(), List.of()).judge(run).summaries();

        assertThat(summaries).anySatisfy(summary -> {
            assertThat(summary.metric()).isEqualTo("downtime.reported");
            assertThat(summary.toString()).contains("good");
        });
    }

    @Test
    void refusesWhatIsNoMigrationsLog() throws IOException {
        Path file = folder.resolve("move-disk.log");
        Files.writeString(file, RealLogs.text("pve8-blockmirror-drive-prefix-excerpt"));

        assertThatThrownBy(() -> FORMAT.read(file, PLENTY))
                .isInstanceOf(MalformedImportException.class)
                .hasMessageContaining("move-disk.log: none of its 10 lines");
        assertThatThrownBy(() -> FORMAT.read(real("pve6.3-2021-ok"), 100))
                .hasMessageContaining("longer than 100 bytes");
    }

    @Test
    void isFoundByItsName() {
        assertThat(ImportFormat.find("proxmox-log")).isPresent();
    }

    private static Path real(String name) {
        return RealLogs.FOLDER.resolve(name + ".log");
    }

    private Path copy(String log, String name) throws IOException {
        return Files.writeString(folder.resolve(name), RealLogs.text(log));
    }
}
