package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.Traffic.FloatingAddress;
import java.util.Set;

/** An address that is taken from one host and given to the other, and announced with gratuitous ARP. */
final class FloatingAddressSwitch implements TrafficSwitch {
    private final String withPrefix;
    private final String bare;
    private final String device;

    FloatingAddressSwitch(FloatingAddress plan) {
        this.withPrefix = plan.address();
        this.bare = bareAddress(plan.address());
        this.device = plan.device();
    }

    /** The address without its prefix length. */
    static String bareAddress(String withPrefix) {
        int slash = withPrefix.indexOf('/');
        return slash < 0 ? withPrefix : withPrefix.substring(0, slash);
    }

    @Override
    public Set<String> addresses() {
        return Set.of(bare);
    }

    @Override
    public String leave() {
        return """
                ip address del %s dev %s 2>/dev/null || true
                [ -z "$(ip -o address show to %s)" ]""".formatted(quote(withPrefix), quote(device), quote(bare));
    }

    @Override
    public String arrive() {
        String noDetection = bare.contains(":") ? " nodad" : "";
        return "ip address replace %s dev %s%s".formatted(quote(withPrefix), quote(device), noDetection);
    }

    @Override
    public String announce() {
        if (bare.contains(":")) {
            return ":";
        }
        // A request and a reply: some neighbours learn from the one only, some from the other.
        return """
                { arping -q -c 1 -U -I %1$s %2$s; arping -q -c 2 -A -I %1$s %2$s; } </dev/null >/dev/null 2>&1 9>&- &""".formatted(quote(device), quote(bare));
    }

    @Override
    public String reportPresence() {
        return "[ -z \"$(ip -o address show to %s)\" ] || echo address".formatted(quote(bare));
    }
}
