package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HoldUpWatchTest {
    record Seen(int processor, long since, long until) {}

    private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();

    private void see(int processor, long since, long until) {
        seen.add(new Seen(processor, since, until));
    }

    @Test
    void readsTheKernelsListOfProcessors() {
        assertThat(HoldUpWatch.numbers("0")).containsExactly(0);
        assertThat(HoldUpWatch.numbers("0-2,5,8-9")).containsExactly(0, 1, 2, 5, 8, 9);
        assertThat(HoldUpWatch.numbers("4-127")).hasSize(16).startsWith(4, 5);
    }

    /** Another process stops this one, as whoever shares the machine may: every thread wakes late. */
    @Test
    void noticesThatTheWholeProcessStood() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/task")), "only Linux can stop a process so");
        try (HoldUpWatch watch = new HoldUpWatch(this::see)) {
            watch.start();
            watch.bind();
            String pid = Long.toString(ProcessHandle.current().pid());
            Process stopper = new ProcessBuilder("sh", "-c", "kill -STOP $0; sleep 0.2; kill -CONT $0", pid).start();
            assertThat(stopper.waitFor()).isZero();
            await().atMost(10, TimeUnit.SECONDS)
                    .until(() -> seen.stream()
                                    .filter(one -> one.until() - one.since() > 150_000_000)
                                    .map(Seen::processor)
                                    .distinct()
                                    .count()
                            == watch.threads());
            assertThat(seen)
                    .allSatisfy(
                            one -> assertThat(one.until() - one.since()).isGreaterThan(HoldUpWatch.RESOLUTION_NANOS));
        }
    }

    @Test
    void watchesEachProcessorFromAThreadThatStaysThere() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/taskset")), "needs taskset (package util-linux)");
        try (HoldUpWatch watch = new HoldUpWatch(this::see)) {
            watch.start();
            watch.bind();
            List<String> allowed = allowed();
            assertThat(allowed).hasSize(watch.threads()).doesNotHaveDuplicates();
            assertThat(allowed).allMatch(list -> list.matches("\\d+"));
        }
        await().atMost(10, TimeUnit.SECONDS).until(() -> allowed().isEmpty());
    }

    /** The processors that each of the watch's threads may use. */
    private static List<String> allowed() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.flatMap(HoldUpWatchTest::allowed).collect(Collectors.toList());
        }
    }

    private static Stream<String> allowed(Path task) {
        try {
            List<String> status = Files.readAllLines(task.resolve("status"));
            return status.get(0).contains("probe-watch-")
                    ? status.stream()
                            .filter(line -> line.startsWith("Cpus_allowed_list:"))
                            .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    : Stream.empty();
        } catch (IOException ended) {
            return Stream.empty();
        }
    }
}
