package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.HostLeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of hosts that cannot be asked; leases on real ones are the lab's test. */
class HostLeaseStoreTest {
    private final FakeHost a = new FakeHost("host-a").says("", "");
    private final FakeHost b = new FakeHost("host-b").says("", "");
    private final HostLeaseStore store = new HostLeaseStore(List.of(a, b), List.of("web"));

    @Test
    void givesALeaseBackOnEveryHostInOneCommandEach() throws Exception {
        assertThat(store.release(new LeaseStore.Held("token"))).isEmpty();
        assertThat(a.commands).hasSize(1);
        assertThat(b.commands).hasSize(1);
    }

    @Test
    void asksASilentHostTwiceAndNamesItAndGivesTheLeaseBackOnTheOther() throws Exception {
        a.vanishes();

        assertThat(store.release(new LeaseStore.Held("token")))
                .hasValueSatisfying(
                        kept -> assertThat(kept).startsWith("host-a: ").contains("timed out"));
        assertThat(a.commands).hasSize(2);
        assertThat(b.commands).hasSize(1);
    }
}
