package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.ShellWords;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks as root on the entry node, with the command that does what the API does; it goes to other nodes by itself. */
final class Pvesh implements PveQuestions {
    private static final int NOT_IMPLEMENTED = 501;
    private static final int FAILED = 500;

    private final ClusterHosts cluster;

    Pvesh(ClusterHosts cluster) {
        this.cluster = cluster;
    }

    @Override
    public PveAnswer get(String path, Map<String, String> query) throws InterruptedException {
        StringBuilder command = new StringBuilder("LC_ALL=C pvesh get ")
                .append(ShellWords.quote(URLDecoder.decode(path, StandardCharsets.UTF_8)));
        new TreeMap<>(query)
                .forEach((name, value) ->
                        command.append(" --").append(name).append(' ').append(ShellWords.quote(value)));
        CommandResult result =
                cluster.atEntry(command.append(" --output-format json").toString());
        if (result.ok()) {
            return new PveAnswer.Ok(json(result.out()), Optional.empty());
        }
        if (result instanceof CommandResult.Lost lost) {
            return new PveAnswer.Unreachable(false, false, lost.why());
        }
        String why = result.complaint();
        // No 'get' handler defined for '/nodes/yagra/capabilities/qemu/migration'
        return new PveAnswer.Refused(why.contains("handler defined") ? NOT_IMPLEMENTED : FAILED, why, Map.of());
    }

    @Override
    public String caller() {
        return "root@pam";
    }

    @Override
    public boolean isRootItself() {
        return true;
    }

    private static JsonNode json(String text) {
        try {
            return Optional.ofNullable(new ObjectMapper().readTree(text)).orElseGet(MissingNode::getInstance);
        } catch (JsonProcessingException otherForm) {
            return MissingNode.getInstance();
        }
    }
}
