package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.HostLeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore.Held;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore.Refused;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Leases on real hosts. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class HostLeaseStoreLabTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final String key = "test:" + UUID.randomUUID() + "/with 'odd' $(characters)";
    private Hosts hosts;
    private List<Host> both;

    @BeforeEach
    void connect(Lab lab) {
        hosts = lab.connect();
        both = List.of(hosts.host(Lab.A), hosts.host(Lab.B));
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        store(key).breakLease();
        hosts.close();
    }

    private HostLeaseStore store(String... keys) {
        return new HostLeaseStore(both, List.of(keys));
    }

    @Test
    void givesTheLeaseToOneAndShowsItToTheOther() throws InterruptedException {
        Held held = (Held) store(key).acquire("ann@desk, run 1", LONG);

        assertThat(store(key).acquire("bob@desk", LONG)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.holder().owner()).isEqualTo("ann@desk, run 1");
            assertThat(refused.holder().expired()).isFalse();
        });
        assertThat(store(key).holders()).extracting(LeaseStore.Holder::place).containsExactly(Lab.A, Lab.B);
        store(key).release(held);
        assertThat(store(key).holders()).isEmpty();
    }

    @Test
    void givesItToExactlyOneOfManyWhoAskAtOnce() throws Exception {
        ExecutorService askers = Executors.newFixedThreadPool(6);
        try {
            List<Callable<LeaseStore.Attempt>> attempts = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String owner = "asker " + i;
                attempts.add(() -> store(key).acquire(owner, LONG));
            }
            int held = 0;
            for (Future<LeaseStore.Attempt> attempt : askers.invokeAll(attempts)) {
                held += attempt.get() instanceof Held ? 1 : 0;
            }
            assertThat(held).isEqualTo(1);
            assertThat(store(key).holders()).hasSize(2);
        } finally {
            askers.shutdownNow();
        }
    }

    @Test
    void refusesAWorkloadOfWhichAPartIsHeld() throws InterruptedException {
        String other = key + " other";
        Held part = (Held) store(key).acquire("ann", LONG);

        assertThat(store(other, key).acquire("bob", LONG)).isInstanceOf(Refused.class);
        // And what was refused holds nothing.
        assertThat(store(other).holders()).isEmpty();
        store(key).release(part);
    }

    @Test
    void takesALeaseThatHasExpiredAndTellsTheLateHolder() throws InterruptedException {
        Held late = (Held) store(key).acquire("ann", Duration.ZERO);
        Held next = (Held) store(key).acquire("bob", LONG);

        assertThat(store(key).renew(late, LONG)).isFalse();
        store(key).release(late);
        assertThat(store(key).renew(next, LONG)).isTrue();
        assertThat(store(key).holders()).extracting(LeaseStore.Holder::owner).containsOnly("bob");
    }

    @Test
    void breaksALeaseByWishAndSaysWhose() throws InterruptedException {
        store(key).acquire("ann", LONG);

        assertThat(store(key).breakLease()).extracting(LeaseStore.Holder::owner).containsOnly("ann");
        assertThat(store(key).acquire("bob", LONG)).isInstanceOf(Held.class);
    }
}
