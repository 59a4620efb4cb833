package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.ShellWords;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how many bytes a host has sent on the interface that leads to another host: {@code tx_bytes} of the kernel's
 * counters. The difference of two readings is {@code bytes.wire}, other traffic on that interface included.
 */
public final class WireCounter {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern ANSWER = Pattern.compile("sent ([0-9]{1,18})");

    private final Host from;
    private final HostPlan to;

    /** Counts on {@code from} what leaves towards {@code to}. */
    public WireCounter(Host from, HostPlan to) {
        this.from = from;
        this.to = to;
    }

    /** The counter now; empty if the host cannot be asked, or has no such interface. */
    public OptionalLong read() throws InterruptedException {
        CommandResult result = from.run(
                "address=$(getent ahosts " + ShellWords.quote(to.address()) + " | awk 'NR == 1 { print $1 }')\n"
                        + "device=$(ip -o route get \"$address\" | sed -n 's/.* dev \\([^ ]*\\) .*/\\1/p')\n"
                        + "echo sent $(cat \"/sys/class/net/$device/statistics/tx_bytes\")",
                TIMEOUT);
        Matcher answer = ANSWER.matcher(result.out());
        return result.ok() && answer.find() ? OptionalLong.of(Long.parseLong(answer.group(1))) : OptionalLong.empty();
    }
}
