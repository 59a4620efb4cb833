package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.HostPlan.HostKey;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code hosts}. */
final class HostsReader {
    static final List<String> HOST_KEY_CHOICES = List.of("knownHosts", "hostKey", "insecure");
    static final List<String> SECRET_CHOICES = List.of("credentials", "identityFile");

    private static final String EXAMPLE = "address: 192.0.2.11";
    private static final String KNOWN_HOSTS = "~/.ssh/known_hosts";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    private HostsReader() {}

    /** This machine, as if the plan had described it. */
    static HostPlan local() {
        return new HostPlan(
                PlanContext.LOCAL,
                PlanContext.LOCAL,
                22,
                "root",
                Optional.empty(),
                Optional.empty(),
                new HostKey.KnownHosts(KNOWN_HOSTS),
                Optional.empty(),
                CONNECT_TIMEOUT,
                KEEP_ALIVE);
    }

    static Map<String, HostPlan> read(MapReader hosts, PlanContext context) {
        Map<String, HostPlan> read = new LinkedHashMap<>();
        Map<String, MapReader> readers = new LinkedHashMap<>();
        for (String name : hosts.mapping().entries().keySet()) {
            TextRules.NAME.check(name).ifPresent(fault -> hosts.fault(name, fault));
            Optional<MapReader> reader = hosts.map(name, EXAMPLE);
            if (reader.isPresent()) {
                read.put(name, host(name, reader.get(), context));
                readers.put(name, reader.get());
            }
        }
        readers.forEach((name, reader) -> checkJumps(name, read, reader));
        return read;
    }

    private static HostPlan host(String name, MapReader reader, PlanContext context) {
        String address = reader.text("address", TextRules.ADDRESS).orElse(name);
        if (address.equals(PlanContext.LOCAL)) {
            for (String key : List.copyOf(reader.mapping().entries().keySet())) {
                if (!key.equals("address") && known(key)) {
                    reader.fault(key, new Fault(Message.of("plan.notForLocal", key), Message.of("plan.leaveItOut")));
                }
            }
        }
        HostPlan host = new HostPlan(
                name,
                address,
                reader.whole("port", 22, 1, 65_535),
                reader.text("user", TextRules.USER).orElse("root"),
                reader.text("credentials", TextRules.CREDENTIALS),
                reader.text("identityFile", TextRules.PATH),
                hostKey(reader),
                context.host(reader, "jump"),
                reader.duration("connectTimeout", CONNECT_TIMEOUT, PlanContext.SHORTEST, Duration.ofMinutes(10)),
                reader.duration("keepAlive", KEEP_ALIVE, Duration.ofSeconds(1), Duration.ofMinutes(10)));
        if (reader.has("credentials") && reader.has("identityFile")) {
            reader.oneOf(SECRET_CHOICES, "");
        }
        reader.end();
        return host;
    }

    private static boolean known(String key) {
        return HOST_KEY_CHOICES.contains(key)
                || SECRET_CHOICES.contains(key)
                || List.of("port", "user", "jump", "connectTimeout", "keepAlive")
                        .contains(key);
    }

    private static HostKey hostKey(MapReader reader) {
        Optional<String> file = reader.text("knownHosts", TextRules.PATH);
        Optional<String> fingerprint = reader.text("hostKey", TextRules.FINGERPRINT);
        boolean insecure = reader.onlyTrue("insecure");
        if (HOST_KEY_CHOICES.stream().filter(reader::has).count() > 1) {
            reader.oneOf(HOST_KEY_CHOICES, "");
        }
        if (insecure) {
            return new HostKey.Insecure();
        }
        if (fingerprint.isPresent()) {
            return new HostKey.Fingerprint(fingerprint.get());
        }
        return new HostKey.KnownHosts(file.orElse(KNOWN_HOSTS));
    }

    private static void checkJumps(String name, Map<String, HostPlan> hosts, MapReader reader) {
        Set<String> passed = new HashSet<>();
        Optional<String> next = Optional.of(name);
        while (next.isPresent() && passed.add(next.get())) {
            next = Optional.ofNullable(hosts.get(next.get())).flatMap(HostPlan::jump);
        }
        if (next.isPresent() && next.get().equals(name)) {
            reader.fault("jump", new Fault(Message.of("plan.jumpCircle", name), Message.of("plan.breakJumpCircle")));
        }
    }
}
