package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Access;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Kind;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code driver.proxmox}. */
final class ProxmoxReader implements DriverReader {
    static final List<String> ACCESS = List.of("url", "urls", "ssh", "cluster");
    private static final List<String> API_ONLY = List.of("credentials", "user", "tls");
    private static final List<String> NOT_FOR_CONTAINERS =
            List.of("withLocalDisks", "migrationNetwork", "force", "insecureTransport", "conntrackState");
    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();
    /** What Proxmox VE itself waits. */
    private static final Duration SHUTDOWN = Duration.ofMinutes(3);

    private static final int FIRST_VMID = 100;
    private static final int LAST_VMID = 999_999_999;

    static {
        KINDS.put("qemu", Kind.QEMU);
        KINDS.put("lxc", Kind.LXC);
    }

    @Override
    public String key() {
        return "proxmox";
    }

    @Override
    public DriverPlan read(MapReader reader, PlanContext context) {
        Access access = access(reader, context);
        Kind kind = reader.choice("kind", KINDS, Kind.QEMU);
        String to = reader.requiredText("to", "to: yagra", TextRules.NAME);
        String from = from(reader, access);
        if (!from.isEmpty() && from.equals(to)) {
            reader.fault("to", new Fault(Message.of("plan.sameHost", to), Message.of("plan.nameAnotherNode")));
        }
        if (kind == Kind.LXC) {
            for (String key : NOT_FOR_CONTAINERS) {
                if (reader.has(key)) {
                    reader.fault(
                            key, new Fault(Message.of("plan.notForContainers", key), Message.of("plan.leaveOut", key)));
                }
            }
        }
        return new ProxmoxPlan(
                from,
                to,
                access,
                reader.requiredWhole("vmid", "vmid: 100", FIRST_VMID, LAST_VMID),
                kind,
                reader.flag("withLocalDisks", false),
                reader.text("targetStorage", TextRules.STORAGE),
                reader.has("bwlimitKiB")
                        ? Optional.of(reader.whole("bwlimitKiB", 0, 0, Integer.MAX_VALUE))
                        : Optional.empty(),
                reader.text("migrationNetwork", TextRules.ADDRESS_WITH_PREFIX),
                ClusterReader.reason(reader, "force"),
                ClusterReader.reason(reader, "insecureTransport"),
                reader.flag("conntrackState", false),
                reader.duration("shutdownTimeout", SHUTDOWN, Duration.ofSeconds(1), PlanContext.DAY));
    }

    private static String from(MapReader reader, Access access) {
        if (access instanceof Access.Ssh ssh && !reader.has("from")) {
            return ssh.host();
        }
        return reader.requiredText("from", "from: sabda", TextRules.NAME);
    }

    private static Access access(MapReader reader, PlanContext context) {
        Optional<String> choice = reader.oneOf(ACCESS, ClusterReader.URL_EXAMPLE);
        // Each is read, whatever was chosen, so that its own mistakes are told as well.
        List<String> urls = ClusterReader.urls(reader);
        String host = reader.has("ssh") ? context.host(reader, "ssh").orElse("") : "";
        Optional<Access.Api> cluster = reader.has("cluster") ? context.cluster(reader, "cluster") : Optional.empty();
        if (choice.isPresent() && !ClusterReader.URL_CHOICES.contains(choice.get())) {
            for (String key : API_ONLY) {
                if (reader.has(key)) {
                    reader.fault(
                            key,
                            new Fault(
                                    Message.of("plan.excludes", key, choice.get()),
                                    Message.of("plan.keepOneOf", key + ", " + choice.get())));
                }
            }
            return choice.get().equals("ssh")
                    ? new Access.Ssh(host)
                    : cluster.orElseGet(() -> ClusterReader.api(reader, List.of(), false));
        }
        return ClusterReader.api(reader, urls, choice.isPresent());
    }
}
