package io.jenkins.plugins.livemigration.jenkins.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.ItemGroup;
import hudson.model.Node;
import hudson.model.labels.LabelAtom;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.config.LabCluster;
import io.jenkins.plugins.livemigration.jenkins.config.LabHost;
import io.jenkins.plugins.livemigration.jenkins.config.LabTester;
import io.jenkins.plugins.livemigration.jenkins.config.MigrationLab;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.model.Jenkins;

/** Tries a lab's hosts and clusters out: whether they answer, let us in and are well. No workload is named or touched. */
@Extension
public final class LabCheck implements LabTester {
    private static final int LIMIT_SECONDS = 30;
    private static final int ANY_GUEST = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Found test(MigrationLab lab, ItemGroup<?> home) throws IOException, InterruptedException {
        FilePath root = agentOf(lab);
        PlanAssembly.Assembled assembled = new PlanAssembly(planOf(lab), Optional.empty(), PlanFormat.YAML)
                .assemble(Optional.of(lab.partOfPlan()), name -> Optional.empty());
        if (assembled instanceof PlanAssembly.Assembled.Wrong wrong) {
            return new Found(Outcome.ERROR, String.join("\n", wrong.mistakes()));
        }
        PlanAssembly.Assembled.Plan plan = (PlanAssembly.Assembled.Plan) assembled;
        ObjectNode input = JSON.createObjectNode();
        input.set("plan", plan.plan());
        ObjectNode secrets = Secrets.ofLab(plan, home);
        input.set("credentials", secrets);
        FilePath folder = root.child(EngineFiles.HOME);
        FilePath jar = EngineJar.installBelow(folder);
        EngineTask check = new EngineTask(
                jar.getRemote(),
                JSON.writeValueAsBytes(input),
                LIMIT_SECONDS,
                "check",
                "--connections",
                "--stdin",
                "--json",
                "--lang",
                Words.locale().getLanguage());
        try {
            Found found = found(folder.child("checks")
                    .child(UUID.randomUUID().toString())
                    .actAsync(check)
                    .get(LIMIT_SECONDS + 10L, TimeUnit.SECONDS));
            return new Found(found.outcome(), Masking.of(secrets).hide(ProgressText.clean(found.text())));
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getMessage()), failed);
        } catch (TimeoutException silent) {
            throw new IOException(Words.text("lab.testTimeout", LIMIT_SECONDS), silent);
        }
    }

    /** What the engine printed: a line of JSON, or what kept it from getting that far. */
    static Found found(String printed) {
        for (String line : printed.lines().toList()) {
            if (line.startsWith("{")) {
                try {
                    JsonNode findings = JSON.readTree(line);
                    return new Found(outcome(findings), findings.path("text").asText());
                } catch (JsonProcessingException cutOff) {
                    return new Found(Outcome.ERROR, printed);
                }
            }
        }
        return new Found(Outcome.ERROR, printed.isBlank() ? Words.text("lab.testTimeout", LIMIT_SECONDS) : printed);
    }

    private static Outcome outcome(JsonNode findings) {
        if (!findings.path("ok").asBoolean()) {
            return Outcome.ERROR;
        }
        return findings.findValuesAsText("severity").stream().allMatch(Finding.Severity.OK.name()::equals)
                ? Outcome.OK
                : Outcome.WARNING;
    }

    /** A plan is what the engine takes; nothing of this one is ever run. */
    static ObjectNode planOf(MigrationLab lab) throws AbortException {
        List<LabHost> hosts = lab.getHosts();
        List<LabCluster> clusters = lab.getClusters();
        ObjectNode plan = JsonNodeFactory.instance.objectNode();
        plan.put("name", "test of the lab");
        if (clusters.isEmpty()) {
            if (hosts.isEmpty()) {
                throw new AbortException(Words.text("lab.nothingToTest"));
            }
            String host = hosts.get(0).getName();
            plan.putObject("driver")
                    .putObject("command")
                    .put("from", host)
                    .put("to", hosts.size() > 1 ? hosts.get(1).getName() : "local")
                    .put("on", host)
                    .put("migrate", "false")
                    .put("locate", "false");
            return plan;
        }
        plan.putObject("driver")
                .putObject("proxmox")
                .put("cluster", clusters.get(0).getName())
                .put("vmid", ANY_GUEST)
                .put("from", "a")
                .put("to", "b");
        ArrayNode scenarios = plan.putArray("scenarios");
        for (LabCluster cluster : clusters) {
            ObjectNode scenario = scenarios.addObject().put("name", cluster.getName());
            scenario.putObject("driver").putObject("proxmox").put("cluster", cluster.getName());
        }
        return plan;
    }

    private static FilePath agentOf(MigrationLab lab) throws AbortException {
        String label = lab.getLabel();
        for (Computer computer : Jenkins.get().getComputers()) {
            Node node = computer.getNode();
            VirtualChannel channel = computer.getChannel();
            boolean agent =
                    node != null && channel != null && !node.getNodeName().isEmpty();
            if (agent && (label == null || node.getAssignedLabels().contains(new LabelAtom(label)))) {
                FilePath root = node.getRootPath();
                if (root != null) {
                    return root;
                }
            }
        }
        throw new AbortException(label == null ? Words.text("lab.noAgentAtAll") : Words.text("lab.noAgent", label));
    }
}
