package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out through the API where the guest is, and what a failed migration has left. */
final class GuestPlace {
    private final PveQuestions api;
    private final Guest guest;

    GuestPlace(PveQuestions api, Guest guest) {
        this.api = api;
        this.guest = guest;
    }

    /** The node to which the cluster says that the guest belongs; empty if it does not know (or show) the guest. */
    Optional<String> node() throws InterruptedException {
        return node(api.get("/cluster/resources", Map.of("type", "vm")));
    }

    /** The pool that the guest is in; empty for none, and if the caller may not see it. */
    String pool() throws InterruptedException {
        return entry(api.get("/cluster/resources", Map.of("type", "vm")).content())
                .path("pool")
                .asText("");
    }

    private Optional<String> node(PveAnswer resources) {
        return Optional.of(entry(resources.content()).path("node"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    private JsonNode entry(JsonNode resources) {
        for (JsonNode each : resources) {
            if (each.path("vmid").asInt() == guest.vmid()) {
                return each;
            }
        }
        return MissingNode.getInstance();
    }

    /** Where it is. */
    Whereabouts locate() throws InterruptedException {
        Whereabouts found = look();
        // Between the two questions of a look the guest may have moved.
        return found instanceof Whereabouts.Unknown ? look() : found;
    }

    private Whereabouts look() throws InterruptedException {
        PveAnswer resources = api.get("/cluster/resources", Map.of("type", "vm"));
        if (!(resources instanceof PveAnswer.Ok)) {
            return new Whereabouts.Unknown(Message.of("migrate/proxmox.cannotAsk", resources.complaint()));
        }
        Optional<String> node = node(resources);
        if (node.isEmpty()) {
            return new Whereabouts.Absent(Message.of("migrate/proxmox.absent", guest.vmid(), api.caller()));
        }
        PveAnswer current = api.get(guest.path(node.get()) + "/status/current");
        if (!(current instanceof PveAnswer.Ok)) {
            return new Whereabouts.Unknown(
                    Message.of("migrate/proxmox.nodeSilent", guest.vmid(), node.get(), current.complaint()));
        }
        return judge(node.get(), current.content());
    }

    private Whereabouts judge(String node, JsonNode current) throws InterruptedException {
        String status = current.path("status").asText();
        String inside = current.path("qmpstatus").asText(status);
        String lock = current.path("lock").asText("");
        if (lock.equals("migrate")) {
            Optional<String> worker = worker(node);
            if (worker.isPresent()) {
                return new Whereabouts.Unknown(
                        Message.of("migrate/proxmox.underWay", guest.vmid(), node, worker.get()));
            }
        }
        if (status.equals("running") && inside.equals("running")) {
            return new Whereabouts.RunningOn(node);
        }
        return new Whereabouts.NotRunning(Message.of(
                lock.isEmpty() ? "migrate/proxmox.notRunning" : "migrate/proxmox.notRunningLocked",
                guest.vmid(),
                node,
                inside,
                lock));
    }

    /** The task that migrates the guest away from that node now, if there is one. */
    Optional<String> worker(String node) throws InterruptedException {
        PveAnswer tasks = api.get(
                "/nodes/" + PveApi.encode(node) + "/tasks",
                Map.of("source", "active", "vmid", String.valueOf(guest.vmid())));
        for (JsonNode task : tasks.content()) {
            if (task.path("type").asText().equals(guest.migrationTask()) && !task.hasNonNull("endtime")) {
                return Optional.of(task.path("upid").asText());
            }
        }
        return Optional.empty();
    }

    /** What a failed migration has left, each with what to do. */
    List<Message> leftovers() throws InterruptedException {
        List<Message> all = new ArrayList<>();
        Optional<String> node = node();
        if (node.isEmpty()) {
            return all;
        }
        JsonNode current = api.get(guest.path(node.get()) + "/status/current").content();
        String lock = current.path("lock").asText("");
        if (!lock.isEmpty()) {
            all.add(Message.of("migrate/proxmox.leftLock", node.get(), guest.vmid(), lock, guest.command()));
        }
        String inside = current.path("qmpstatus").asText("");
        if (List.of("paused", "prelaunch", "inmigrate", "postmigrate").contains(inside)) {
            all.add(Message.of(
                    "migrate/proxmox.leftPaused", node.get(), guest.vmid(), inside, guest.otherThan(node.get())));
        }
        if (current.path("status").asText().equals("stopped")) {
            all.add(Message.of(
                    "migrate/proxmox.leftStopped",
                    node.get(),
                    guest.vmid(),
                    guest.otherThan(node.get()),
                    guest.command()));
        }
        for (String volume : orphans(guest.otherThan(node.get()))) {
            all.add(Message.of("migrate/proxmox.leftDisk", guest.otherThan(node.get()), volume, guest.vmid()));
        }
        return all;
    }

    /** Volumes of the guest in local storages of a node on which it is not. */
    private List<String> orphans(String node) throws InterruptedException {
        List<String> volumes = new ArrayList<>();
        String storages = "/nodes/" + PveApi.encode(node) + "/storage";
        for (JsonNode storage : api.get(storages, Map.of("enabled", "1")).content()) {
            if (storage.path("shared").asInt() == 1 || storage.path("active").asInt() != 1) {
                continue;
            }
            String content =
                    storages + "/" + PveApi.encode(storage.path("storage").asText()) + "/content";
            for (JsonNode volume : api.get(content, Map.of("vmid", String.valueOf(guest.vmid())))
                    .content()) {
                if (!volume.path("content").asText().equals("backup")) {
                    volumes.add(volume.path("volid").asText());
                }
            }
        }
        return volumes;
    }
}
