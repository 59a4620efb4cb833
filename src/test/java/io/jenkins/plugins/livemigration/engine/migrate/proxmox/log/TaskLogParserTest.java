package io.jenkins.plugins.livemigration.engine.migrate.proxmox.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.text.BundleCheck;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskLogParserTest {
    /** What a person reads in each log. An empty cell: the log does not say it. Phases: name start-end in whole seconds. */
    private static final String TABLE = """
            log                                    | outcome   | guest   | target | total s | downtime ms | progress B   | limits            | unknown | phases
            pve3.x-2014-insecure-ok-elided         | succeeded | VM 100  | pveb   | 39      | 262         | 7115710846   | 100.0             | 0       | prepare 0-17 ram 17-36 switch-over 36-39
            pve3.x-2014-secure-ok-elided           | succeeded | VM 123  | pvea   | 21      | 54          | 1059940218   | 100.0             | 0       | prepare 0-2 ram 2-18 switch-over 18-21
            pve3.x-resume-failed-after-completed   | failed    | VM 105  | pveb   | 13      | 42          | 398414448    | 100.0             | 0       | prepare 0-2 ram 2-9 switch-over 9-13
            pve4.2-2016-drbd-ok                    | succeeded | VM 105  | pvea   | 14      | 7           | 197603120    | 100.0             | 1       | prepare 0-5 ram 5-9 switch-over 9-14
            pve4.2-2016-gluster-ok                 | succeeded | VM 104  | pveb   | 10      | 15          |              | 100.0             | 0       | prepare 0-4 ram 4-6 switch-over 6-10
            pve6.3-2021-ok                         | succeeded | VM 101  | pve3   | 8       | 57          | 294227312    | 100.0             | 0       | prepare 0-3 ram 3-5 switch-over 5-8
            pve7-2022-replicated-disks-head-only   | unfinished| VM 268  | pveb   |         |             |              |                   | 1       |
            pve7.1-2022-32GiB-head-only            | unfinished| VM 202  | pve1   |         |             | 704223641.6  | 100.0             | 0       | prepare 0-6
            pve8-2024-local-disks-partial          | unfinished| VM 102  | t6-2   |         |             |              |                   | 1       |
            pve8-2025-target-qemu-too-old-partial  | unfinished|         |        |         |             |              |                   | 0       |
            pve8-blockmirror-drive-prefix-excerpt  | unfinished|         |        |         |             |              |                   | 0       |
            pve8-cancelled-by-user-partial         | unfinished| VM 110  | pve2   |         |             | 3328599654.4 | 100.0             | 1       |
            pve9-2025-remote-migrate-partial       | unfinished| VM 6186 | node-2 |         |             |              |                   | 0       | prepare 0-8
            pve9-2026-ceph-ok-excerpt              | succeeded |         |        | 7       | 30          |              | 100.0             | 0       |
            pve9-blockmirror-mirror-prefix-excerpt | succeeded |         |        |         |             |              |                   | 0       |
            pve9.2-2026-target-storage-busy-partial| unfinished| VM 101  | pve-01 |         |             |              |                   | 0       |
            synthetic/pve5-local-disks-ok          | succeeded | VM 100  | b      | 22      | 311         | 200000000    | 100.0 200.0 400.0 | 0       | prepare 0-3 local-disks 3-14 ram 14-18 switch-over 18-22
            synthetic/pve7-not-converging-ok       | succeeded | VM 100  | b      | 49      | 377         | 4617089843.2 | 100.0 200.0 400.0 | 0       | prepare 1-4 ram 4-44 switch-over 44-49
            synthetic/pve8-aborted-in-phase-1      | failed    | VM 100  | b      | 1       |             |              |                   | 0       | prepare 0-1 clean-up 1-1
            synthetic/pve8-cancelled               | failed    | VM 100  | b      | 8       |             | 115448217.6  | 100.0             | 0       | prepare 0-3 ram 3-5 clean-up 5-8
            synthetic/pve8-container-aborted       | failed    | CT 200  | b      | 12      |             |              |                   | 0       | shutdown 0-4 local-disks 4-9 clean-up 9-12
            synthetic/pve8-container-restart-ok    | succeeded | CT 200  | b      | 35      |             |              |                   | 0       | shutdown 0-4 local-disks 4-31 clean-up 31-32 start 32-35
            synthetic/pve8.4-local-disks-ok        | succeeded | VM 100  | b      | 67      | 64          | 115448217.6  | 100.0             | 0       | prepare 0-5 local-disks 5-50 ram 51-61 switch-over 61-63 clean-up 63-67
            synthetic/pve9-conntrack-vfio-ok       | succeeded | VM 100  | b      | 10      | 48          | 232679014.4  | 100.0             | 0       | prepare 0-3 ram 3-7 switch-over 7-9 clean-up 9-10
            """;

    @Test
    void readsEveryLogAsAPersonReadsIt() {
        List<String> rows = TABLE.lines().skip(1).toList();
        assertThat(rows)
                .extracting(row -> row.split("\\|", -1)[0].strip())
                .containsExactlyInAnyOrderElementsOf(RealLogs.names());
        for (String row : rows) {
            String name = row.split("\\|", -1)[0].strip();
            assertThat(describe(name))
                    .as(name)
                    .isEqualTo(row.replaceAll(" *\\| *", "|").strip());
        }
    }

    private static String describe(String name) {
        TaskLog log = TaskLogParser.parse(RealLogs.text(name));
        StringBuilder limits = new StringBuilder();
        log.downtimeLimitMillis().ifPresent(limits::append);
        log.raisedLimitsMillis().forEach(limit -> limits.append(' ').append(limit));
        return String.join(
                "|",
                name,
                TaskLogOutcome.of(log).getClass().getSimpleName().toLowerCase(Locale.ROOT),
                log.guest().map(guest -> guest.kind() + " " + guest.id()).orElse(""),
                log.target().orElse(""),
                log.durationSeconds().isPresent() ? "" + log.durationSeconds().getAsLong() : "",
                log.downtimeMillis().isPresent() ? "" + log.downtimeMillis().getAsLong() : "",
                log.memoryProgress().map(amount -> plain(amount.value())).orElse(""),
                limits,
                "" + log.unknownCount(),
                log.phases().stream()
                        .map(span -> span.stage().phase() + " " + span.startSecond() + "-" + span.endSecond())
                        .collect(Collectors.joining(" ")));
    }

    private static String plain(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replaceAll("\\.0$", "");
    }

    @Test
    void aDowntimeAndACompletedMakeNoSuccess() {
        TaskLog log = TaskLogParser.parse(RealLogs.text("pve3.x-resume-failed-after-completed"));

        assertThat(log.downtimeMillis()).hasValue(42);
        assertThat(TaskLogOutcome.of(log)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.stage()).isEqualTo("switch-over");
            assertThat(failed.cause()).hasToString("migration problems: VM 105 not running");
        });
    }

    @Test
    void saysWhichSideAnErrorCameFrom() {
        TaskLog log = TaskLogParser.parse(RealLogs.text("pve8-2025-target-qemu-too-old-partial"));

        assertThat(log.remarks())
                .extracting(TaskLog.Remark::origin)
                .containsExactly(TaskLog.Remark.Origin.TARGET, TaskLog.Remark.Origin.SOURCE);
        assertThat(TaskLogOutcome.cause(log, "migration problems"))
                .hasToString(
                        "migration problems: node pve2 says: Installed QEMU version '8.1.2' is too old to run machine"
                                + " type 'pc-i440fx-9.0+pve0', please upgrade node 'pve2'");
    }

    @Test
    void takesWhatWasReallySentWhereTheVersionPrintsIt() {
        Figure.Measured sent = (Figure.Measured) figure("pve9-2026-ceph-ok-excerpt", Metrics.BYTES_RAM);

        assertThat(sent.value()).isEqualTo(138.0 * 1024 * 1024);
        assertThat(sent.lower()).isCloseTo(137.95 * 1024 * 1024, within(1.0));
        assertThat(figure("pve6.3-2021-ok", Metrics.BYTES_RAM))
                .isInstanceOfSatisfying(
                        Figure.AtLeast.class,
                        atLeast -> assertThat(atLeast.value()).isEqualTo(294227312));
        assertThat(figure("pve4.2-2016-gluster-ok", Metrics.BYTES_RAM)).isInstanceOf(Figure.Absent.class);
    }

    @Test
    void computesTheSpeedInsteadOfBelievingTheAverage() {
        Figure.Measured speed = (Figure.Measured) figure("synthetic/pve8.4-local-disks-ok", Metrics.SPEED);

        // 1.1 GiB in 10 s; the log's own "average" of 205.7 MiB/s is the guest's 2 GiB in 10 s.
        assertThat(speed.value()).isCloseTo(1.1 * (1 << 30) / 10, within(1.0));
        assertThat(speed.lower()).isLessThan(1.05 * (1 << 30) / 10);
        assertThat(speed.upper()).isGreaterThan(1.15 * (1 << 30) / 10);
        assertThat(figure("pve6.3-2021-ok", Metrics.SPEED)).isInstanceOf(Figure.Absent.class);
    }

    @Test
    void addsUpTheDisks() {
        assertThat(figure("synthetic/pve8.4-local-disks-ok", Metrics.BYTES_DISK))
                .isInstanceOfSatisfying(
                        Figure.AtLeast.class,
                        disks -> assertThat(disks.value()).isCloseTo(4.9 * (1 << 30), within(1000.0)));
        assertThat(TaskLogParser.parse(RealLogs.text("pve9-blockmirror-mirror-prefix-excerpt"))
                        .disks())
                .containsOnlyKeys("scsi0");
    }

    @Test
    void givesTheHighestDirtyRate() {
        assertThat(((Figure.Measured) figure("synthetic/pve7-not-converging-ok", Metrics.DIRTY_RATE)).value())
                .isCloseTo(140.2 * (1 << 20), within(1.0));
        assertThat(TaskLogFigures.notes(TaskLogParser.parse(RealLogs.text("synthetic/pve7-not-converging-ok"))))
                .anySatisfy(note -> assertThat(note.toString()).contains("from 100 ms to 400 ms (raised 2 times)"));
    }

    @Test
    void knowsWhatTheSourcesOfTheNewestReleasePrint() {
        TaskLog log = TaskLogParser.parse(RealLogs.resource("wordings-9.2.txt"));

        assertThat(log.unknownLines()).isEmpty();
        assertThat(log.lines()).isGreaterThan(90);
    }

    @Test
    void aContainerThatStayedHasNoDowntimeOfAMove() {
        TaskLog log = TaskLogParser.parse(RealLogs.text("synthetic/pve8-container-aborted"));

        assertThat(TaskLogFigures.of(log).get(Metrics.DOWNTIME_REPORTED)).isInstanceOf(Figure.Absent.class);
        assertThat(TaskLogOutcome.of(log)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.stage()).isEqualTo("local-disks");
            assertThat(failed.cause().toString()).startsWith("migration aborted: storage migration for");
        });
    }

    @Test
    void derivesAContainersDowntimeWithItsResolution() {
        Figure.Measured downtime =
                (Figure.Measured) figure("synthetic/pve8-container-restart-ok", Metrics.DOWNTIME_REPORTED);

        assertThat(downtime.value()).isEqualTo(35_000);
        assertThat(downtime.lower()).isEqualTo(34_000);
        assertThat(downtime.upper()).isEqualTo(36_000);
        assertThat(downtime.source())
                .hasValueSatisfying(source -> assertThat(source.toString()).contains("whole seconds"));
    }

    @Test
    void saysWhyAVeryShortMigrationHasNoDowntime() {
        String log = RealLogs.text("pve6.3-2021-ok").replaceFirst(".*downtime 57 ms\n", "");

        assertThat(TaskLogFigures.of(TaskLogParser.parse(log)).get(Metrics.DOWNTIME_REPORTED))
                .isInstanceOfSatisfying(
                        Figure.Absent.class,
                        absent -> assertThat(absent.reason().toString()).contains("less than a second"));
    }

    @Test
    void acrossNewYearTimeGoesOnWithoutAYear() {
        String log = """
                Dec 31 23:59:58 starting migration of VM 1 to node 'b' (192.0.2.1)
                Jan 01 00:00:03 starting online/live migration on localhost:60000
                """;

        assertThat(TaskLogParser.parse(log).phases()).containsExactly(new TaskLog.Span(TaskLog.Stage.PREPARE, 0, 5));
    }

    @Test
    void aClockThatWasSetBackMakesNoPhase() {
        String log = """
                2025-10-26 02:59:58 starting migration of VM 1 to node 'b' (192.0.2.1)
                2025-10-26 02:00:03 starting online/live migration on localhost:60000
                """;

        assertThat(TaskLogParser.parse(log).phases()).isEmpty();
    }

    @Test
    void partsSeveralLogsInOneText() {
        String both = RealLogs.text("pve6.3-2021-ok") + "\n" + RealLogs.text("pve3.x-resume-failed-after-completed");

        assertThat(TaskLogParser.split(both)).hasSize(2).satisfies(logs -> {
            assertThat(String.join("", logs)).isEqualTo(both);
            assertThat(TaskLogParser.parse(logs.get(0)).downtimeMillis()).hasValue(57);
            assertThat(TaskLogParser.parse(logs.get(1)).downtimeMillis()).hasValue(42);
        });
        assertThat(TaskLogParser.split("")).containsExactly("");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1.0,    B,   1.0
            1013.0, MiB, 1062207488.0
            2.0,    GiB, 2147483648.0
            """)
    void readsRenderedAmounts(String number, String unit, double bytes) {
        assertThat(Amount.rendered(number, unit).value()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "th-TH-u-nu-thai", "tr", "id", "de"})
    void readsTheSameInAnyLocale(String language) {
        Locale before = Locale.getDefault();
        Map<String, TaskLog> expected = RealLogs.names().stream()
                .collect(Collectors.toMap(name -> name, name -> TaskLogParser.parse(RealLogs.text(name))));
        try {
            Locale.setDefault(Locale.forLanguageTag(language));
            expected.forEach((name, log) ->
                    assertThat(TaskLogParser.parse(RealLogs.text(name))).isEqualTo(log));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void saysTheSameInBothLanguages() throws IOException {
        BundleCheck bundles = new BundleCheck("migrate/proxmox/log");
        bundles.languagesAgree();
        bundles.keysAndSourcesAgree(Pattern.compile("\"migrate/proxmox/log\\.(\\w+)\""));
    }

    private static Figure figure(String log, Metric metric) {
        return TaskLogFigures.of(TaskLogParser.parse(RealLogs.text(log))).get(metric);
    }
}
