package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RealTimePriorityTest {
    private static final String NAME = "rt-test-thread";
    private static final String FIFO = "1";

    @Test
    void saysWhatCameOfIt() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException over) {
                        Thread.currentThread().interrupt();
                    }
                },
                NAME);
        thread.start();
        try {
            Message said = RealTimePriority.raise(NAME, 1);
            assertThat(said.key()).isEqualTo(FIFO.equals(policy()) ? "observe.realTime" : "observe.noRealTime");
        } finally {
            end.countDown();
            thread.join();
        }
    }

    /** The thread's scheduling policy: proc(5), /proc/PID/stat, field 41, 1 for SCHED_FIFO. */
    private static String policy() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : tasks.toList()) {
                if (Files.readString(task.resolve("comm")).startsWith(NAME)) {
                    String stat = Files.readString(task.resolve("stat"));
                    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[38];
                }
            }
        }
        return "no such thread";
    }
}
