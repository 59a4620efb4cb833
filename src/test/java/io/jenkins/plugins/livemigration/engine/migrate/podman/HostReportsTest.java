package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading what hosts say. */
class HostReportsTest {

    @Test
    void readsAWholeReport() {
        SideReport report = SideReport.parse("""
                container web 12ab exited 0 yes
                container db 34cd running 77 no
                record token=t
                record from=a
                record to=b
                record staging=/dev/shm/x/t
                record container.web=12ab
                record container.db=34cd
                stage prepared
                stage dumping
                archive web
                address
                end
                """);

        assertThat(report.copies().get("web")).isEqualTo(new Copy("web", "12ab", Copy.State.RESUMABLE, 0));
        assertThat(report.copies().get("db")).isEqualTo(new Copy("db", "34cd", Copy.State.RUNNING, 77));
        assertThat(report.record()).hasValueSatisfying(record -> {
            assertThat(record.from()).isEqualTo("a");
            assertThat(record.containers()).containsEntry("db", "34cd");
        });
        assertThat(report.stages()).containsExactlyInAnyOrder(Stage.PREPARED, Stage.DUMPING);
        assertThat(report.archives()).containsExactly("web");
        assertThat(report.address()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "container web 12ab running 5 no",
                "container web    no\nend",
                "container web 12ab levitating 0 no\nend",
                "Error: something\nend"
            })
    void concludesNothingFromWhatIsNotAWholeReport(String text) {
        assertThatThrownBy(() -> SideReport.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsTheSocketsOfTheContainersProcessesAmongAll() {
        OwnSockets sockets = OwnSockets.parse("""
                pid 15171
                udp   UNCONN 0      0            0.0.0.0:7000      0.0.0.0:*     users:(("counter",pid=15171,fd=5))
                tcp   LISTEN 0      1024         0.0.0.0:7000      0.0.0.0:*     users:(("counter",pid=15171,fd=6))
                tcp   LISTEN 0      128             [::]:22           [::]:*     users:(("sshd",pid=81,fd=7))
                tcp   ESTAB  0      0        10.82.0.100:7000  10.82.0.254:40112 users:(("counter",pid=15171,fd=9))
                tcp   ESTAB  0      0          10.82.0.1:52000 10.82.0.9:5432    users:(("counter",pid=15171,fd=10))
                tcp   TIME-WAIT 0   0        10.82.0.100:7001  10.82.0.254:40114
                """);

        assertThat(sockets.listening()).containsExactlyInAnyOrder("udp . 7000", "tcp . 7000");
        assertThat(sockets.localPorts()).isEqualTo(Set.of(7000, 52000));
    }

    @ParameterizedTest
    @CsvSource({"4.3.1, 4, 3", "5.4.2-dev, 5, 4", "3.17, 3, 17", "6, 6, 0", "'', 0, 0", "unknown, 0, 0"})
    void readsVersions(String text, int major, int minor) {
        assertThat(Version.of(text)).isEqualTo(new Version(major, minor));
    }

    @Test
    void ordersVersionsByTheirNumbersNotTheirLetters() {
        assertThat(Version.of("4.10")).isGreaterThan(Version.of("4.3"));
        assertThat(Version.of("10.0")).isGreaterThan(Version.of("9.9"));
    }

    @Test
    void addsUpWhatRsyncSent() {
        assertThat(VolumeSync.bytes("Literal data: 1,234,567 bytes\nMatched data: 5 bytes\nLiteral data: 3 bytes\n"))
                .isEqualTo(1234570);
        assertThat(VolumeSync.bytes("nothing")).isZero();
    }

    @Test
    void namesAWorkloadTheSameInWhateverOrderItsContainersStand() {
        WorkloadNames names = WorkloadNames.of(List.of("web", "db"));

        assertThat(names).isEqualTo(WorkloadNames.of(List.of("db", "web")));
        assertThat(names).isNotEqualTo(WorkloadNames.of(List.of("db")));
        assertThat(names.directory()).matches("/run/lmb/podman-db_web-[0-9a-f]{10}");
        assertThat(names.gateTable()).matches("lmb_gate_[0-9a-f]{10}");
    }
}
