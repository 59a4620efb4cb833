package io.jenkins.plugins.livemigration.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.CommandPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.Traffic;
import io.jenkins.plugins.livemigration.engine.plan.StatePlan.Source;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a scenario in the plan's own keys, with every default and all that it inherited. */
final class ScenarioRendering {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ScenarioRendering() {}

    static ObjectNode render(ScenarioPlan scenario) {
        ObjectNode node = NODES.objectNode().put("name", scenario.name());
        node.set("driver", driver(scenario.driver()));
        scenario.workload().ifPresent(workload -> {
            ObjectNode keys = node.putObject("workload");
            keys.set("start", command(workload.start()));
            workload.stop().ifPresent(stop -> keys.set("stop", command(stop)));
        });
        scenario.returnBy().ifPresent(command -> node.set("returnBy", command(command)));
        ArrayNode probes = node.putArray("probes");
        scenario.probes().forEach(probe -> probes.addObject().set(probe.kind(), probe(probe)));
        scenario.state().ifPresent(state -> node.set("state", state(state)));
        return node;
    }

    /**
     * What the drivers of all scenarios have in common, key by key: a scenario that lacks an optional key must not inherit
     * it from here.
     */
    static ObjectNode commonDriver(List<ObjectNode> scenarios) {
        ObjectNode common = scenarios.get(0).withObject("/driver").deepCopy();
        for (ObjectNode scenario : scenarios) {
            keepShared(common, scenario.withObject("/driver"));
        }
        return common;
    }

    private static void keepShared(ObjectNode common, ObjectNode other) {
        List<String> keys = common.properties().stream().map(Map.Entry::getKey).toList();
        for (String key : keys) {
            JsonNode mine = common.get(key);
            JsonNode theirs = other.get(key);
            if (theirs == null || mine.isObject() != theirs.isObject()) {
                common.remove(key);
            } else if (mine instanceof ObjectNode map && theirs instanceof ObjectNode otherMap) {
                keepShared(map, otherMap);
                if (map.isEmpty()) {
                    common.remove(key);
                }
            }
        }
    }

    private static ObjectNode driver(DriverPlan driver) {
        ObjectNode node = NODES.objectNode();
        if (driver instanceof PodmanPlan podman) {
            node.set("podman", podman(podman));
        } else if (driver instanceof ProxmoxPlan proxmox) {
            node.set("proxmox", ProxmoxRendering.render(proxmox));
        } else if (driver instanceof CommandPlan command) {
            ObjectNode keys = node.putObject("command")
                    .put("from", command.from())
                    .put("to", command.to())
                    .put("on", command.runOn())
                    .put("migrate", command.migrate())
                    .put("locate", command.locate());
            command.recover().ifPresent(run -> keys.put("recover", run));
            command.cancel().ifPresent(run -> keys.put("cancel", run));
            keys.put("timeout", Quantities.text(command.timeout()));
        }
        return node;
    }

    private static ObjectNode podman(PodmanPlan podman) {
        ObjectNode node = NODES.objectNode().put("from", podman.from()).put("to", podman.to());
        ArrayNode containers = node.putArray("containers");
        podman.containers().forEach(containers::add);
        node.put("strategy", podman.strategy().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        node.put("compression", podman.compression());
        node.put("staging", podman.staging());
        ArrayNode volumes = node.putArray("volumes");
        podman.volumes().forEach(volumes::add);
        node.set("traffic", traffic(podman.traffic()));
        return node.put("gate", podman.gate()).put("preCopyRounds", podman.preCopyRounds());
    }

    private static JsonNode traffic(Traffic traffic) {
        ObjectNode node = NODES.objectNode();
        if (traffic instanceof Traffic.FloatingAddress floating) {
            node.putObject("floatingAddress").put("address", floating.address()).put("device", floating.device());
        } else if (traffic instanceof Traffic.Macvlan) {
            node.put("macvlan", true);
        } else if (traffic instanceof Traffic.Commands commands) {
            ObjectNode keys = node.putObject("commands").put("on", commands.host());
            commands.detach().ifPresent(run -> keys.put("detach", run));
            keys.put("attach", commands.attach());
        } else {
            return NODES.textNode("none");
        }
        return node;
    }

    static ObjectNode command(HostCommand command) {
        return NODES.objectNode()
                .put("on", command.on())
                .put("run", command.run())
                .put("timeout", Quantities.text(command.timeout()));
    }

    private static ObjectNode probe(ProbePlan probe) {
        ObjectNode node = NODES.objectNode().put("name", probe.name());
        if (probe instanceof ProbePlan.Udp udp) {
            node.put("host", udp.host()).put("port", udp.port()).put("payloadBytes", udp.payloadBytes());
        } else if (probe instanceof ProbePlan.Http http) {
            node.put("url", http.url());
        } else if (probe instanceof ProbePlan.TcpConnect tcp) {
            node.put("host", tcp.host()).put("port", tcp.port());
        } else if (probe instanceof ProbePlan.TcpSession session) {
            node.put("host", session.host()).put("port", session.port());
        } else if (probe instanceof ProbePlan.Ping ping) {
            node.put("host", ping.host());
        } else if (probe instanceof ProbePlan.OneWay oneWay) {
            node.put("on", oneWay.on()).put("host", oneWay.host()).put("port", oneWay.port());
        } else if (probe instanceof ProbePlan.Load load) {
            node.put("host", load.host()).put("port", load.port());
            node.put("payloadBytes", load.payloadBytes()).put("packets", load.packets());
        }
        node.put("intervalMillis", (probe instanceof ProbePlan.Load load ? load.every() : probe.interval()).toMillis());
        node.put("timeoutMillis", probe.timeout().toMillis());
        if (probe.primary()) {
            node.put("primary", true);
        }
        return node;
    }

    private static ObjectNode state(StatePlan state) {
        ObjectNode node = NODES.objectNode();
        if (state.source() instanceof Source.Http http) {
            node.put("http", http.url());
        } else if (state.source() instanceof Source.Command command) {
            node.putObject("command")
                    .put("on", command.command().on())
                    .put("run", command.command().run());
        }
        state.extract().ifPresent(pattern -> node.put("extract", pattern));
        node.put("expect", state.expect().name().toLowerCase(Locale.ROOT));
        return node.put("timeout", Quantities.text(state.timeout()));
    }
}
