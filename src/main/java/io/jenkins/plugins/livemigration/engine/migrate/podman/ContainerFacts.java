package io.jenkins.plugins.livemigration.engine.migrate.podman;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code podman container inspect} says of a container, as far as moving it matters.
 *
 * @param pid of its first process on the host, 0 if it does not run
 * @param imageId without {@code sha256:}
 * @param runtime as it is called in the checkpoint ({@code runc}, {@code crun})
 * @param networks names of the Podman networks it is on; empty with host networking
 * @param addresses its own addresses on these
 * @param pod the pod's ID, empty if it is in none
 * @param namedVolumes volumes that Podman keeps
 * @param bindSources directories and files of the host that are mounted into it
 * @param directory where Podman keeps its files, the checkpoint among them, absolute
 */
record ContainerFacts(
        String id,
        String name,
        String status,
        long pid,
        String imageId,
        String imageName,
        String runtime,
        String restartPolicy,
        boolean autoRemove,
        boolean healthCheck,
        String systemdUnit,
        String networkMode,
        Set<String> networks,
        Set<String> addresses,
        String pod,
        List<String> namedVolumes,
        List<String> bindSources,
        String directory) {
    private static final ObjectMapper JSON = new ObjectMapper();

    ContainerFacts {
        networks = Set.copyOf(networks);
        addresses = Set.copyOf(addresses);
        namedVolumes = List.copyOf(namedVolumes);
        bindSources = List.copyOf(bindSources);
    }

    /** Whether it shares the host's network. */
    boolean hostNetwork() {
        return networkMode.equals("host");
    }

    /** Whether it runs. */
    boolean running() {
        return status.equals("running");
    }

    /**
     * Reads the command's output.
     *
     * @throws IllegalArgumentException if it is not such output
     */
    static List<ContainerFacts> parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("not the output of podman inspect", notJson);
        }
        if (!root.isArray()) {
            throw new IllegalArgumentException("not the output of podman inspect");
        }
        List<ContainerFacts> all = new ArrayList<>();
        root.forEach(node -> all.add(one(node)));
        return all;
    }

    private static ContainerFacts one(JsonNode node) {
        JsonNode settings = node.path("NetworkSettings");
        Set<String> networks = new LinkedHashSet<>();
        Set<String> addresses = new LinkedHashSet<>();
        settings.path("Networks").properties().forEach(network -> {
            networks.add(network.getKey());
            String address = network.getValue().path("IPAddress").asText();
            if (!address.isEmpty()) {
                addresses.add(address);
            }
        });
        JsonNode config = node.path("Config");
        JsonNode check = config.path("Healthcheck").path("Test");
        boolean healthCheck = check.size() > 0 && !check.path(0).asText().equals("NONE");
        return new ContainerFacts(
                node.path("Id").asText(),
                node.path("Name").asText(),
                node.path("State").path("Status").asText(),
                node.path("State").path("Pid").asLong(),
                node.path("Image").asText().replace("sha256:", ""),
                node.path("ImageName").asText(),
                node.path("OCIRuntime").asText(),
                node.path("HostConfig").path("RestartPolicy").path("Name").asText(),
                node.path("HostConfig").path("AutoRemove").asBoolean(),
                healthCheck,
                config.path("Labels").path("PODMAN_SYSTEMD_UNIT").asText(),
                node.path("HostConfig").path("NetworkMode").asText(),
                networks,
                addresses,
                node.path("Pod").asText(),
                mounts(node, "volume", "Name"),
                mounts(node, "bind", "Source"),
                node.path("StaticDir").asText());
    }

    private static List<String> mounts(JsonNode node, String type, String field) {
        List<String> all = new ArrayList<>();
        node.path("Mounts").forEach(mount -> {
            if (mount.path("Type").asText().equals(type)) {
                all.add(mount.path(field).asText());
            }
        });
        return all;
    }
}
