package io.jenkins.plugins.livemigration.jenkins.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every place that a form checks: a right value is right, a wrong one is told with its path and its remedy. */
class PlanSampleTest {
    private static final String PRINT = "AB" + ":AB".repeat(31);

    static Stream<Arguments> texts() {
        return Stream.of(
                at("10 s", "10", "pause"),
                at("10 s", "0 ms", "sampleTimeout"),
                at("web after upgrade", "a/b", "name"),
                at("1 s", "soon", "window", "before"),
                at("10 s", "2 h", "window", "after"),
                at("downtime.observed", "downtime.observd", "thresholds", "metric"),
                at("1 min", "one", "workload", "start", "timeout"),
                at("http://web/count", "ftp://web", "state", "http"),
                at("([0-9]+)", "([0-9", "state", "extract"),
                at("5 s", "5", "state", "timeout"),
                at("eth0", "eth 0", "capture", "interface"),
                at("udp port 7", "udp\u0007", "capture", "filter"),
                at("10 %", "ten", "regression", "mustFind"),
                at("/dev/shm", "shm", "driver", "podman", "staging"),
                at("1 min", "1", "driver", "command", "timeout"),
                at("https://pve1:8006", "http://pve1:8006", "driver", "proxmox", "url"),
                at("root@pam", "root", "driver", "proxmox", "user"),
                at("sabda", "sab da", "driver", "proxmox", "from"),
                at("other", "sabda", "driver", "proxmox", "to"),
                at("local-lvm", ":", "driver", "proxmox", "targetStorage"),
                at("10.0.0.0/8", "10.0.0.0", "driver", "proxmox", "migrationNetwork"),
                at("3 min", "3", "driver", "proxmox", "shutdownTimeout"),
                at("10.0.0.1/8", "10.0.0.1", "driver", "podman", "traffic", "floatingAddress", "address"),
                at("eth0", "an interface too long", "driver", "podman", "traffic", "floatingAddress", "device"),
                at("192.0.2.1", "a b", "hosts", "host-a", "address"),
                at("root", "a b", "hosts", "host-a", "user"),
                at("SHA256:" + "a".repeat(43), "MD5:aa", "hosts", "host-a", "hostKey"),
                at("5 s", "1 h", "hosts", "host-a", "connectTimeout"),
                at("https://pve1:8006", "pve1", "clusters", "pve", "url"),
                at("root@pam", "root", "clusters", "pve", "user"),
                at("web", "a b", "probes", "udp", "name"),
                at("192.0.2.1", "a b", "probes", "tcp", "host"),
                at("http://web/", "web", "probes", "http", "url"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void tellsRightTextsFromWrongOnes(String right, String wrong, String[] place) {
        assertThat(mistakes(PlanSample.text(right, place))).isEmpty();
        assertThat(mistakes(PlanSample.text(wrong, place)))
                .singleElement()
                .asString()
                .startsWith(String.join(".", place))
                .contains("; ");
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                at("5", "0", "samples"),
                at("0", "-1", "warmup"),
                at("3", "1001", "stopAfterFailures"),
                at("3", "0", "confirm", "samples"),
                at("128", "1", "capture", "snapLength"),
                at("64", "1", "capture", "megabytes"),
                at("10", "2", "regression", "window"),
                at("3", "21", "driver", "podman", "preCopyRounds"),
                at("100", "7", "driver", "proxmox", "vmid"),
                at("1", "-1", "driver", "proxmox", "bwlimitKiB"),
                at("22", "65536", "hosts", "host-a", "port"),
                at("10", "1", "probes", "http", "intervalMillis"),
                at("10", "0", "probes", "session", "timeoutMillis"),
                at("24", "23", "probes", "udp", "payloadBytes"),
                at("1", "0", "probes", "tcp", "port"),
                at("20", "9", "probes", "ping", "intervalMillis"));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void tellsRightNumbersFromWrongOnes(String right, String wrong, String[] place) {
        assertThat(mistakes(PlanSample.whole(Long.parseLong(right), place))).isEmpty();
        assertThat(mistakes(PlanSample.whole(Long.parseLong(wrong), place)))
                .singleElement()
                .asString()
                .startsWith(String.join(".", place));
        assertThat(mistakes(PlanSample.text("many", place))).hasSize(1);
    }

    @Test
    void tellsWhichOfSeveralIsWrong() {
        String[] containers = {"driver", "podman", "containers"};
        assertThat(mistakes(PlanSample.texts(new String[] {"web", "db"}, containers)))
                .isEmpty();
        assertThat(mistakes(PlanSample.texts(new String[] {"web", "-x"}, containers)))
                .singleElement()
                .asString()
                .startsWith("driver.podman.containers[1]");
        String[] urls = {"driver", "proxmox", "urls"};
        assertThat(mistakes(PlanSample.texts(new String[] {"https://a:1", "https://b:1"}, urls)))
                .isEmpty();
        String[] prints = {"clusters", "pve", "tls", "fingerprints"};
        assertThat(mistakes(PlanSample.texts(new String[] {PRINT}, prints))).isEmpty();
        assertThat(mistakes(PlanSample.texts(new String[] {"AB"}, prints))).hasSize(1);
    }

    @Test
    void tellsRightNamesFromWrongOnes() {
        for (String[] place : List.of(new String[] {"hosts"}, new String[] {"clusters"})) {
            assertThat(mistakes(PlanSample.named("a-1", place))).isEmpty();
            assertThat(mistakes(PlanSample.named("a b", place))).hasSize(1);
        }
        String[] changes = {"regression", "relevantChanges"};
        assertThat(mistakes(PlanSample.named("downtime.observed", changes))).isEmpty();
        assertThat(mistakes(PlanSample.named("downtime", changes))).hasSize(1);
        assertThat(mistakes(PlanSample.named("downtime", changes).as("metric")))
                .singleElement()
                .asString()
                .startsWith("metric");
    }

    @Test
    void tellsWhetherALimitFitsItsMetric() {
        assertThat(mistakes(PlanSample.limit("2 s", "downtime.observed", "fail")))
                .isEmpty();
        assertThat(mistakes(PlanSample.limit("bad", "downtime.observed", "fail")))
                .isEmpty();
        assertThat(mistakes(PlanSample.limit("2 MiB", "downtime.observed", "fail")))
                .singleElement()
                .asString()
                .startsWith("thresholds.fail");
    }

    @Test
    void tellsAMistakeUnderAnotherName() {
        assertThat(mistakes(PlanSample.text("10", "sampleTimeout").as("abandonAfter")))
                .singleElement()
                .asString()
                .startsWith("abandonAfter: ");
    }

    @Test
    void speaksTheReadersLanguage() {
        assertThat(PlanSample.text("10", "pause").mistakes(Locale.forLanguageTag("id")))
                .singleElement()
                .asString()
                .contains("satuan");
    }

    @Test
    void aHostileValueIsOnlyQuoted() {
        for (String hostile :
                List.of("\", \"samples\": 0, \"x\": \"", "<img src=x onerror=alert(1)>", "a\u0000b\nc", "'")) {
            assertThat(mistakes(PlanSample.text(hostile, "pause")))
                    .singleElement()
                    .asString()
                    .startsWith("pause: ")
                    .doesNotContain("\n")
                    .doesNotContain("\u0000");
            assertThat(mistakes(PlanSample.named(hostile, "hosts"))).hasSize(1);
        }
    }

    private static List<String> mistakes(PlanSample sample) {
        return sample.mistakes(Locale.ENGLISH);
    }

    private static Arguments at(String right, String wrong, String... place) {
        return Arguments.of(right, wrong, place);
    }
}
