package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** QEMU's machine protocol on a Unix socket: one command at a time, events are passed over. Thread-safe. */
final class Qmp implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SocketChannel channel;
    private final BufferedReader answers;

    /** Connects and negotiates. */
    Qmp(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        if (!read().has("QMP")) {
            throw new IOException("no greeting from " + socket);
        }
        execute("qmp_capabilities", JSON.createObjectNode());
    }

    JsonNode execute(String command) throws IOException {
        return execute(command, JSON.createObjectNode());
    }

    /** Executes a command; what it returned. An error of QEMU's is an exception with its description. */
    synchronized JsonNode execute(String command, ObjectNode arguments) throws IOException {
        ObjectNode request = JSON.createObjectNode().put("execute", command);
        request.set("arguments", arguments);
        ByteBuffer bytes = ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        JsonNode answer = read();
        while (answer.has("event")) {
            answer = read();
        }
        if (answer.has("error")) {
            throw new IOException(
                    command + ": " + answer.path("error").path("desc").asText());
        }
        return answer.path("return");
    }

    static ObjectNode arguments() {
        return JSON.createObjectNode();
    }

    private JsonNode read() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("QEMU has hung up");
        }
        return JSON.readTree(line);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
