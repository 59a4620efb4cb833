package io.jenkins.plugins.livemigration.engine.migrate.proxmox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class TaskLogPropertyTest {

    @Property(tries = 2000)
    void aCutLogHoldsNoFigureThatTheWholeDoesNot(
            @ForAll("logs") String name,
            @ForAll @DoubleRange(min = 0, max = 1) double one,
            @ForAll @DoubleRange(min = 0, max = 1) double other) {
        String text = RealLogs.text(name);
        int from = (int) (Math.min(one, other) * text.length());
        int to = (int) (Math.max(one, other) * text.length());
        TaskLog whole = TaskLogParser.parse(text);
        Said said = Said.lineByLine(text);

        TaskLog cut = TaskLogParser.parse(text.substring(from, to));

        assertSubset(cut.downtimeMillis(), whole.downtimeMillis());
        assertSubset(cut.durationSeconds(), whole.durationSeconds());
        assertSubset(cut.ramSeconds(), whole.ramSeconds());
        cut.memorySent().ifPresent(sent -> assertThat(whole.memorySent()).contains(sent));
        cut.printedSpeed().ifPresent(speed -> assertThat(whole.printedSpeed()).contains(speed));
        cut.memoryProgress().ifPresent(progress -> assertThat(said.progress()).contains(progress));
        cut.highestDirtyRate().ifPresent(rate -> assertThat(said.dirtyRates()).contains(rate));
        assertThat(said.disks()).containsAll(cut.disks().values());
        Set<Double> limits = new HashSet<>(whole.raisedLimitsMillis());
        whole.downtimeLimitMillis().ifPresent(limits::add);
        assertThat(limits).containsAll(cut.raisedLimitsMillis());
        cut.downtimeLimitMillis().ifPresent(limit -> assertThat(limits).contains(limit));
        assertThat(lengths(whole)).containsAll(lengths(cut));
    }

    @Property(tries = 1000)
    void unknownLinesAnywhereChangeNothingButTheirCount(
            @ForAll("logs") String name,
            @ForAll("unknown") @Size(min = 1, max = 5) List<String> unknown,
            @ForAll @DoubleRange(min = 0, max = 0.99) double place) {
        List<String> lines = new ArrayList<>(RealLogs.text(name).lines().toList());
        TaskLog before = TaskLogParser.parse(lines);
        int step = 0;
        for (String line : unknown) {
            lines.add((int) ((place * 7919 * ++step) % lines.size()), line);
        }

        TaskLog after = TaskLogParser.parse(lines);

        assertThat(after.unknownCount()).isEqualTo(before.unknownCount() + unknown.size());
        assertThat(TaskLogFigures.of(after)).isEqualTo(TaskLogFigures.of(before));
        assertThat(after.phases()).isEqualTo(before.phases());
        assertThat(after.remarks()).isEqualTo(before.remarks());
        assertThat(after.end()).isEqualTo(before.end());
        assertThat(after.unknownLines()).containsAll(unknown);
    }

    @Property(tries = 500)
    void anyTextIsALog(@ForAll String text) {
        TaskLog log = TaskLogParser.parse(text);

        assertThat(log.unknownCount()).isLessThanOrEqualTo(log.lines());
        assertThat(String.join("", TaskLogParser.split(text))).isEqualTo(text);
        TaskLogFigures.of(log);
        TaskLogFigures.notes(log);
        TaskLogOutcome.of(log);
    }

    @Property(tries = 1000)
    void aDamagedLogIsStillALog(
            @ForAll("logs") String name, @ForAll @DoubleRange(min = 0, max = 0.99) double place, @ForAll char with) {
        StringBuilder text = new StringBuilder(RealLogs.text(name));
        text.setCharAt((int) (place * text.length()), with);

        TaskLog log = TaskLogParser.parse(text.toString());

        TaskLogFigures.of(log);
        TaskLogOutcome.of(log);
        assertThat(log.phases())
                .allSatisfy(span -> assertThat(span.endSecond()).isGreaterThanOrEqualTo(span.startSecond()));
    }

    @Provide
    Arbitrary<String> logs() {
        return Arbitraries.of(RealLogs.names());
    }

    /** No known line begins so. */
    @Provide
    Arbitrary<List<String>> unknown() {
        return Arbitraries.strings()
                .ofMaxLength(80)
                .map(text -> "~" + text.replace("\n", " "))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    private static void assertSubset(OptionalLong part, OptionalLong whole) {
        if (part.isPresent()) {
            assertThat(part).isEqualTo(whole);
        }
    }

    private static Set<String> lengths(TaskLog log) {
        return log.phases().stream()
                .map(span -> span.stage() + " " + (span.endSecond() - span.startSecond()))
                .collect(Collectors.toSet());
    }

    /** All amounts that single lines of a text name. */
    private record Said(Set<Amount> progress, Set<Amount> dirtyRates, Set<Amount> disks) {
        static Said lineByLine(String text) {
            Said said = new Said(new HashSet<>(), new HashSet<>(), new HashSet<>());
            text.lines().forEach(line -> {
                TaskLog alone = TaskLogParser.parse(List.of(line));
                alone.memoryProgress().ifPresent(said.progress()::add);
                alone.highestDirtyRate().ifPresent(said.dirtyRates()::add);
                said.disks().addAll(alone.disks().values());
            });
            return said;
        }
    }
}
