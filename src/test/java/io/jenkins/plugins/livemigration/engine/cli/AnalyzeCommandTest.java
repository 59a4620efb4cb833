package io.jenkins.plugins.livemigration.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureOfAnOutage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AnalyzeCommandTest extends CommandLineTestBase {
    @Test
    void setsTheStudiesFormulasAndTheStrictOnesSideBySideByTheirNames() {
        Path file = CaptureOfAnOutage.write(folder.resolve("one.pcap.gz"));

        assertThat(lmb("analyze", file.toString(), "--lang", "en")).isZero();

        assertThat(out.toString())
                .contains("pcap, 556 frames", "1 TCP and 1 UDP conversations; 1 TCP retransmissions")
                .containsSubsequence(
                        "as studies compute it from Wireshark's tables:",
                        "throughput: frame bytes / time",
                        "\"delay\": mean spacing of frames",
                        "\"jitter\": mean change of the spacing",
                        "\"loss\": tcp.analysis.retransmission / frames",
                        "strictly:",
                        "goodput: payload once / time",
                        "mean round trip of segments (Karn)",
                        "payload repeated (lost behind the tap)")
                .contains("our own probe: 300 requests, 250 answered, loss 16.7 %", "jitter RFC 3550")
                .contains("One outage of 500 ms:", "192.0.2.2:9000 silent for 500 ms (probes by their numbers)");
    }

    @Test
    void speaksIndonesianToo() {
        Path file = CaptureOfAnOutage.write(folder.resolve("one.pcap.gz"));

        assertThat(lmb("analyze", file.toString(), "--lang", "id")).isZero();

        assertThat(out.toString()).contains("seperti dihitung penelitian dari tabel Wireshark:");
    }

    @Test
    void printsEverythingForAMachine() throws Exception {
        Path file = CaptureOfAnOutage.write(folder.resolve("one.pcap.gz"));

        assertThat(lmb("analyze", "--json", file.toString())).isZero();

        JsonNode analysis = new JsonMapper().readTree(out.toString());
        assertThat(analysis.path("frames").asInt()).isEqualTo(556);
        assertThat(analysis.path("retransmissions").asInt()).isEqualTo(1);
        assertThat(analysis.path("conversations")).hasSize(2);
        assertThat(analysis.at("/conversations/0/probe/outages/0/durationMillis")
                        .asDouble())
                .isEqualTo(500);
    }

    @Test
    void saysWhatIsNoCapture() throws Exception {
        Path file = Files.writeString(folder.resolve("no.pcap"), "this is no capture, whatever it is called");

        assertThat(lmb("analyze", file.toString(), "--lang", "en")).isEqualTo(ExitCode.BAD_PLAN.number());

        assertThat(err.toString()).contains("no.pcap cannot be read as a packet capture");
    }
}
