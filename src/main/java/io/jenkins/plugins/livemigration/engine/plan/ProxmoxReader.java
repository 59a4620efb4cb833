package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Access;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Kind;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Tls;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code driver.proxmox}. */
final class ProxmoxReader implements DriverReader {
    private static final List<String> ACCESS = List.of("url", "urls", "ssh");
    private static final List<String> API_ONLY = List.of("credentials", "user", "tls");
    private static final List<String> TRUST = List.of("ca", "fingerprints", "insecure");
    private static final List<String> NOT_FOR_CONTAINERS =
            List.of("withLocalDisks", "migrationNetwork", "force", "insecureTransport", "conntrackState");
    private static final String URL_EXAMPLE = "url: https://pve1.example.org:8006";
    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();
    /** What Proxmox VE itself waits. */
    private static final Duration SHUTDOWN = Duration.ofMinutes(3);

    private static final int FIRST_VMID = 100;
    private static final int LAST_VMID = 999_999_999;
    private static final int MOST_URLS = 64;

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
                reason(reader, "force"),
                reason(reader, "insecureTransport"),
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
        Optional<String> choice = reader.oneOf(ACCESS, URL_EXAMPLE);
        List<String> urls = List.of();
        String host = "";
        // Each is read, whatever was chosen, so that its own mistakes are told as well.
        if (reader.has("url")) {
            urls = reader.text("url", TextRules.API_URL).map(List::of).orElse(List.of());
        }
        if (reader.has("urls")) {
            urls = reader.texts("urls", MOST_URLS, TextRules.API_URL);
            if (urls.isEmpty()
                    && reader.node("urls")
                            .filter(node -> node instanceof PlanNode.Sequence list
                                    && list.items().isEmpty())
                            .isPresent()) {
                reader.fault(
                        "urls",
                        new Fault(
                                Message.of("plan.noUrls"),
                                Message.of("plan.addIt", "[" + URL_EXAMPLE.substring(5) + "]")));
            }
        }
        if (reader.has("ssh")) {
            host = context.host(reader, "ssh").orElse("");
        }
        if (choice.isPresent() && choice.get().equals("ssh")) {
            for (String key : API_ONLY) {
                if (reader.has(key)) {
                    reader.fault(
                            key,
                            new Fault(
                                    Message.of("plan.excludes", key, "ssh"),
                                    Message.of("plan.keepOneOf", key + ", ssh")));
                }
            }
            return new Access.Ssh(host);
        }
        boolean api = choice.isPresent();
        String credentials = api
                ? reader.requiredText("credentials", "credentials: pve-token", TextRules.CREDENTIALS)
                : reader.text("credentials", TextRules.CREDENTIALS).orElse("");
        return new Access.Api(urls, credentials, reader.text("user", TextRules.PVE_USER), tls(reader));
    }

    private static Tls tls(MapReader reader) {
        return reader.map("tls", "ca: /etc/ssl/pve-root-ca.pem")
                .flatMap(keys -> {
                    Optional<Tls> tls =
                            keys.oneOf(TRUST, "ca: /etc/ssl/pve-root-ca.pem").flatMap(key -> tls(key, keys));
                    keys.end();
                    return tls;
                })
                .orElse(new Tls.PublicAuthorities());
    }

    private static Optional<Tls> tls(String choice, MapReader keys) {
        if (choice.equals("ca")) {
            return keys.text("ca", TextRules.PATH).map(Tls.OwnAuthority::new);
        }
        if (choice.equals("fingerprints")) {
            List<String> fingerprints = keys.texts("fingerprints", MOST_URLS, TextRules.CERTIFICATE_FINGERPRINT);
            return fingerprints.isEmpty() ? Optional.empty() : Optional.of(new Tls.Pinned(fingerprints));
        }
        return reason(keys, "insecure").map(Tls.Unverified::new);
    }

    /** The stated reason for something that should not be done without one. */
    private static Optional<String> reason(MapReader reader, String key) {
        return reader.map(key, "reason: the lab's network is isolated").map(keys -> {
            String reason = keys.requiredText("reason", "reason: the lab's network is isolated", TextRules.LINE);
            keys.end();
            return reason;
        });
    }
}
