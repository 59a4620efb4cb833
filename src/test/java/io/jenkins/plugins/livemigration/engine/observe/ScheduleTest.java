package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ScheduleTest {
    private static final long MS = 1_000_000;

    @Test
    void countsSlotsFromItsStart() {
        long start = System.nanoTime();
        Schedule schedule = new Schedule(start, 20 * MS);
        long previous = -1;
        for (int i = 0; i < 5; i++) {
            long slot = schedule.awaitNext();
            assertThat(slot).isGreaterThan(previous);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(slot * 20 * MS);
            previous = slot;
        }
    }

    @Test
    void sendsOnceForAllSlotsItMissed() {
        Schedule schedule = new Schedule(System.nanoTime() - 1_005 * MS, 10 * MS);
        long first = schedule.awaitNext();
        assertThat(first).isGreaterThanOrEqualTo(100);
        assertThat(schedule.awaitNext()).isGreaterThan(first);
    }

    @Test
    void endsTheWaitAtOnce() {
        Schedule schedule = new Schedule(System.nanoTime() + 3_600_000 * MS, MS);
        AtomicLong answer = new AtomicLong(7);
        Thread waiting = new Thread(() -> answer.set(schedule.awaitNext()));
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        schedule.stop();
        await().until(() -> answer.get() == -1);
        assertThat(schedule.awaitNext()).isEqualTo(-1);
    }
}
