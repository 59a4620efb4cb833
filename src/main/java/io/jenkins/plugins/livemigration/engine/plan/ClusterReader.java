package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Access;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Tls;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code clusters}, and the same keys where a driver has them itself: how a cluster's API is reached. */
final class ClusterReader {
    static final List<String> URL_CHOICES = List.of("url", "urls");
    static final List<String> TRUST_CHOICES = List.of("ca", "fingerprints", "insecure");
    static final String URL_EXAMPLE = "url: https://pve1.example.org:8006";

    private static final String EXAMPLE = "{url: https://pve1.example.org:8006, credentials: pve-token}";
    private static final int MOST_URLS = 64;

    private ClusterReader() {}

    /** The plan's clusters by name. */
    static Map<String, Access.Api> read(MapReader clusters) {
        Map<String, Access.Api> read = new LinkedHashMap<>();
        for (String name : clusters.mapping().entries().keySet()) {
            TextRules.NAME.check(name).ifPresent(fault -> clusters.fault(name, fault));
            clusters.map(name, EXAMPLE).ifPresent(reader -> {
                List<String> urls = urls(reader);
                reader.oneOf(URL_CHOICES, URL_EXAMPLE);
                read.put(name, api(reader, urls, true));
                reader.end();
            });
        }
        return read;
    }

    /** The end points under either key; each is read, whatever was chosen, so that its own mistakes are told as well. */
    static List<String> urls(MapReader reader) {
        List<String> urls = List.of();
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
        return urls;
    }

    /**
     * The rest of it.
     *
     * @param needed whether credentials have to be there
     */
    static Access.Api api(MapReader reader, List<String> urls, boolean needed) {
        String credentials = needed
                ? reader.requiredText("credentials", "credentials: pve-token", TextRules.CREDENTIALS)
                : reader.text("credentials", TextRules.CREDENTIALS).orElse("");
        return new Access.Api(urls, credentials, reader.text("user", TextRules.PVE_USER), tls(reader));
    }

    private static Tls tls(MapReader reader) {
        return reader.map("tls", "ca: /etc/ssl/pve-root-ca.pem")
                .flatMap(keys -> {
                    Optional<Tls> tls = keys.oneOf(TRUST_CHOICES, "ca: /etc/ssl/pve-root-ca.pem")
                            .flatMap(key -> tls(key, keys));
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
    static Optional<String> reason(MapReader reader, String key) {
        return reader.map(key, "reason: the lab's network is isolated").map(keys -> {
            String reason = keys.requiredText("reason", "reason: the lab's network is isolated", TextRules.LINE);
            keys.end();
            return reason;
        });
    }
}
