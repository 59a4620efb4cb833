package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PingOutputTest {

    @Test
    void readsWhatIputilsPrints() {
        PingOutput output = new PingOutput();
        assertThat(output.read("PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data."))
                .isEmpty();
        assertThat(output.read("[1795153483.499568] 64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.177 ms"))
                .contains(new PingOutput.Line(1, Optional.of(177_000L)));
        assertThat(output.read("[1795153483.513997] no answer yet for icmp_seq=2"))
                .contains(new PingOutput.Line(2, Optional.empty()));
        assertThat(output.read("[1795153483.523997] From 10.0.0.2 icmp_seq=3 Destination Host Unreachable"))
                .contains(new PingOutput.Line(3, Optional.empty()));
        assertThat(output.read("[1795153483.6] 64 bytes from 10.0.0.1: icmp_seq=4 ttl=64 time=12.3 ms (DUP!)"))
                .contains(new PingOutput.Line(4, Optional.of(12_300_000L)));
        assertThat(output.read("rtt min/avg/max/mdev = 0.007/0.042/0.177/0.067 ms"))
                .isEmpty();
        assertThat(output.read("")).isEmpty();
    }

    @Property
    void countsOnWhenTheNumbersWrap(
            @ForAll @IntRange(max = 300) int reorder,
            @ForAll @Size(max = 50) List<@IntRange(max = 3000) Integer> steps) {
        PingOutput output = new PingOutput();
        long number = 1;
        for (int step : steps) {
            number += step;
            assertThat(read(output, number)).isEqualTo(number);
            long earlier = Math.max(1, number - reorder);
            assertThat(read(output, earlier)).isEqualTo(earlier);
        }
    }

    private static long read(PingOutput output, long number) {
        return output.read(String.format(Locale.ROOT, "no answer yet for icmp_seq=%d", number % 65_536))
                .orElseThrow()
                .number();
    }
}
