package io.jenkins.plugins.livemigration.engine.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Access;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Kind;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Tls;
import java.util.Locale;

/** Writes {@code driver.proxmox} in its own keys, with every default. */
final class ProxmoxRendering {
    private ProxmoxRendering() {}

    static ObjectNode render(ProxmoxPlan plan) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (plan.access() instanceof Access.Ssh ssh) {
            node.put("ssh", ssh.host());
        } else if (plan.access() instanceof Access.Api api) {
            if (api.urls().size() == 1) {
                node.put("url", api.urls().get(0));
            } else {
                ArrayNode urls = node.putArray("urls");
                api.urls().forEach(urls::add);
            }
            node.put("credentials", api.credentials());
            api.user().ifPresent(user -> node.put("user", user));
            tls(api.tls(), node);
        }
        node.put("vmid", plan.vmid());
        node.put("kind", plan.kind().name().toLowerCase(Locale.ROOT));
        node.put("from", plan.from()).put("to", plan.to());
        plan.targetStorage().ifPresent(storage -> node.put("targetStorage", storage));
        plan.bwlimitKiB().ifPresent(limit -> node.put("bwlimitKiB", limit));
        if (plan.kind() == Kind.QEMU) {
            node.put("withLocalDisks", plan.withLocalDisks());
            plan.migrationNetwork().ifPresent(network -> node.put("migrationNetwork", network));
            plan.forceReason().ifPresent(reason -> node.putObject("force").put("reason", reason));
            plan.insecureTransportReason()
                    .ifPresent(reason -> node.putObject("insecureTransport").put("reason", reason));
            node.put("conntrackState", plan.conntrackState());
        }
        return node.put("shutdownTimeout", Quantities.text(plan.shutdownTimeout()));
    }

    private static void tls(Tls tls, ObjectNode node) {
        if (tls instanceof Tls.OwnAuthority own) {
            node.putObject("tls").put("ca", own.file());
        } else if (tls instanceof Tls.Pinned pinned) {
            ArrayNode fingerprints = node.putObject("tls").putArray("fingerprints");
            pinned.fingerprints().forEach(fingerprints::add);
        } else if (tls instanceof Tls.Unverified unverified) {
            node.putObject("tls").putObject("insecure").put("reason", unverified.reason());
        }
    }
}
