package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves a guest between nodes of a Proxmox VE cluster through its REST API: virtual machines live, containers by restarting
 * them.
 */
public final class ProxmoxDriver implements MigrationDriver {

    private final PveApi api;
    private final Guest guest;
    private final Pace pace;
    private final GuestPlace place;
    private final GuestLease lease;
    private boolean risksTold;

    ProxmoxDriver(Guest guest, PveApi api, Pace pace) {
        this.api = api;
        this.guest = guest;
        this.pace = pace;
        this.place = new GuestPlace(api, guest);
        this.lease = new GuestLease(api, guest);
    }

    @Override
    public String name() {
        return "proxmox";
    }

    /** Numbers are unique in a cluster, and the lease is kept in it. */
    @Override
    public String workloadKey() {
        return "proxmox:" + guest.vmid();
    }

    @Override
    public List<Finding> preflight(boolean workloadPresent) throws InterruptedException {
        return new ApiPreflight(api, guest).run(workloadPresent);
    }

    @Override
    public Map<String, Map<String, String>> environment() throws InterruptedException {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        JsonNode options = api.get("/cluster/options").content();
        for (String node : List.of(guest.plan().from(), guest.plan().to())) {
            Map<String, String> facts = new LinkedHashMap<>();
            String path = "/nodes/" + PveApi.encode(node);
            put(facts, "proxmox-ve", api.get(path + "/version").content().path("version"));
            JsonNode status = api.get(path + "/status").content();
            put(facts, "kernel", status.path("kversion"));
            put(facts, "cpu", status.path("cpuinfo").path("model"));
            for (JsonNode found : api.get(path + "/apt/versions").content()) {
                String name = found.path("Package").asText();
                if (NodeFacts.PACKAGES.contains(name)) {
                    put(facts, name, found.path("OldVersion"));
                }
            }
            JsonNode migration = options.path("migration");
            if (!migration.isMissingNode()) {
                facts.put("migration settings", migration.isTextual() ? migration.asText() : migration.toString());
            }
            all.put(node, facts);
        }
        guestFacts(all);
        return all;
    }

    private void guestFacts(Map<String, Map<String, String>> all) throws InterruptedException {
        Optional<String> node = place.node().filter(all::containsKey);
        if (node.isPresent()) {
            JsonNode current =
                    api.get(guest.path(node.get()) + "/status/current").content();
            Map<String, String> facts = all.getOrDefault(node.get(), new LinkedHashMap<>());
            put(facts, "running-qemu", current.path("running-qemu"));
            put(facts, "running-machine", current.path("running-machine"));
        }
    }

    private static void put(Map<String, String> facts, String name, JsonNode value) {
        if (value.isTextual() && !value.asText().isBlank()) {
            facts.put(name, value.asText());
        }
    }

    @Override
    public Whereabouts locate() throws InterruptedException {
        return place.locate();
    }

    @Override
    public MigrationOutcome migrate(String from, String to, MigrationListener listener, Cancellation cancellation)
            throws InterruptedException {
        if (!risksTold) {
            risksTold = true;
            StatedRisks.of(guest.plan()).forEach(listener::note);
        }
        return new ApiMove(api, guest, pace, lease).run(from, to, listener, cancellation);
    }

    /**
     * Waits for a migration that is still under way, and says what was left. Starts, resumes and unlocks nothing: the API
     * cannot prove that only one QEMU process of the guest exists.
     */
    @Override
    public Recovery recover() throws InterruptedException {
        List<Message> actions = new ArrayList<>();
        Optional<String> worker = Optional.empty();
        for (String node : List.of(guest.plan().from(), guest.plan().to())) {
            worker = worker.isPresent() ? worker : place.worker(node);
        }
        Optional<Upid> task = worker.flatMap(Upid::parse);
        if (task.isPresent()) {
            TaskWatch.End end = new TaskWatch(api, pace).await(task.get());
            actions.add(
                    end instanceof TaskWatch.End.Stopped stopped
                            ? Message.of("migrate/proxmox.waited", task.get().text(), stopped.exitStatus())
                            : ((TaskWatch.End.Lost) end).why());
        }
        Whereabouts now = place.locate();
        actions.addAll(place.leftovers());
        return new Recovery(now, actions);
    }

    @Override
    public LeaseStore leases() {
        return lease;
    }

    @Override
    public void close() {
        api.close();
    }
}
