package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/**
 * A double of a Proxmox VE cluster's REST API: HTTPS end points over one {@link PveCluster}, as the published documentation
 * describes 7.4, 8.4 and 9.0, with faults on demand. It moves no guest.
 */
public final class PveDouble implements AutoCloseable {
    public static final String TOKEN = "ci@pve!jenkins=5e1d5f3a-1c1b-4c52-8f1b-0b1c2d3e4f50";
    public static final String PASSWORD = "not a secret";

    private final PveCluster cluster;
    private final PveApi answers;
    private final List<MockWebServer> servers = new ArrayList<>();
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<Fault> faults = Collections.synchronizedList(new ArrayList<>());
    private int tickets;
    private int oldestTicket = 1;
    private volatile boolean tokenRevoked;

    /** A call that arrived. */
    public record Call(String method, String path, Map<String, String> form) {}

    /** What goes wrong. */
    public enum Trouble {
        /** The connection breaks before anything is done. */
        CUT_BEFORE,
        /** It is done, and the connection breaks before the answer. */
        CUT_AFTER,
        /** The proxy between the nodes could not connect. */
        NOT_CONNECTED,
        /** The proxy between the nodes waited in vain; it is done nevertheless. */
        PROXY_TIMED_OUT,
        /** A gateway in front waited in vain; it is done nevertheless. */
        GATEWAY_TIMED_OUT,
        /** An answer that is no JSON. */
        BROKEN,
        /** It is done, and the answer takes its time. */
        SLOW
    }

    private static final class Fault {
        final String method;
        final String pathEnd;
        final Trouble trouble;
        int left;

        Fault(String method, String pathEnd, Trouble trouble, int times) {
            this.method = method;
            this.pathEnd = pathEnd;
            this.trouble = trouble;
            this.left = times;
        }
    }

    public PveDouble(PveCluster cluster, TestCertificate certificate, int endPoints) throws IOException {
        this.cluster = cluster;
        this.answers = new PveApi(cluster);
        for (int i = 0; i < endPoints; i++) {
            MockWebServer server = new MockWebServer();
            server.setServerSocketFactory(new PromptSockets());
            server.useHttps(certificate.context().getSocketFactory());
            server.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    return answer(request);
                }
            });
            server.start(InetAddress.getByName("localhost"), 0);
            servers.add(server);
        }
    }

    public List<String> urls() {
        return servers.stream()
                .map(server -> "https://localhost:" + server.getPort())
                .toList();
    }

    /** Lets calls of that method whose path ends so go wrong for some times. */
    public void trouble(String method, String pathEnd, Trouble trouble, int times) {
        faults.add(new Fault(method, pathEnd, trouble, times));
    }

    /** The node of that end point dies. */
    public void kill(int endPoint) {
        servers.get(endPoint).close();
    }

    /** All tickets that were given out so far are worth nothing any more. */
    public void expireTickets() {
        oldestTicket = tickets + 1;
    }

    /** The token is worth nothing any more. */
    public void revokeToken() {
        tokenRevoked = true;
    }

    public List<Call> calls(String method, String pathEnd) {
        return List.copyOf(calls).stream()
                .filter(call -> call.method().equals(method) && call.path().endsWith(pathEnd))
                .toList();
    }

    @Override
    public void close() {
        servers.forEach(MockWebServer::close);
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        String target = request.getTarget();
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        Map<String, String> form = new LinkedHashMap<>();
        read(question < 0 ? "" : target.substring(question + 1), form);
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        String method = request.getMethod();
        if (!body.isEmpty() && (method.equals("GET") || method.equals("DELETE"))) {
            return refuse(new PveRefusal(501, "Unexpected content for method '" + method + "'"));
        }
        read(body, form);
        String shown = URLDecoder.decode(path.replaceFirst("^/api2/json", ""), StandardCharsets.UTF_8);
        Optional<Fault> fault = next(method, shown);
        if (fault.isPresent() && fault.get().trouble == Trouble.CUT_BEFORE) {
            return cut();
        }
        if (fault.isPresent() && fault.get().trouble == Trouble.NOT_CONNECTED) {
            return refuse(new PveRefusal(595, "Connection refused"));
        }
        MockResponse response = handle(request, method, path, form, shown);
        if (fault.isEmpty()) {
            return response;
        }
        return switch (fault.get().trouble) {
            case CUT_AFTER -> cut();
            case PROXY_TIMED_OUT -> refuse(new PveRefusal(596, "Connection timed out"));
            case GATEWAY_TIMED_OUT ->
                new MockResponse.Builder()
                        .status("HTTP/1.1 504 Gateway Time-out")
                        .body("<html>504 Gateway Time-out</html>")
                        .build();
            case BROKEN ->
                new MockResponse.Builder().code(200).body("<html>Bad gateway").build();
            default ->
                response.newBuilder().headersDelay(300, TimeUnit.MILLISECONDS).build();
        };
    }

    private static MockResponse cut() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }

    private Optional<Fault> next(String method, String path) {
        for (Fault fault : faults) {
            if (fault.left > 0 && fault.method.equals(method) && path.endsWith(fault.pathEnd)) {
                fault.left--;
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    private MockResponse handle(
            RecordedRequest request, String method, String path, Map<String, String> form, String shown) {
        List<String> parts = Arrays.stream(path.replaceFirst("^/api2/json/", "").split("/", -1))
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .toList();
        calls.add(new Call(method, shown, Map.copyOf(form)));
        try {
            if (shown.equals("/access/ticket")) {
                return ok(ticket(form));
            }
            return ok(answers.call(method, parts, form, caller(request, method)));
        } catch (PveRefusal refusal) {
            return refuse(refusal);
        }
    }

    private JsonNode ticket(Map<String, String> form) {
        boolean renewal = form.get("password").equals("PVE:root@pam:" + tickets) && tickets >= oldestTicket;
        if (!form.get("username").equals("root@pam")
                || !(renewal || form.get("password").equals(PASSWORD))) {
            throw new PveRefusal(401, "authentication failure");
        }
        tickets++;
        return PveCluster.NODES
                .objectNode()
                .put("username", "root@pam")
                .put("ticket", "PVE:root@pam:" + tickets)
                .put("CSRFPreventionToken", "csrf-" + tickets);
    }

    private String caller(RecordedRequest request, String method) {
        String authorization = request.getHeaders().get("Authorization");
        if (authorization != null) {
            if (tokenRevoked || !authorization.equals("PVEAPIToken=" + TOKEN)) {
                throw new PveRefusal(401, "invalid token value!");
            }
            return TOKEN.substring(0, TOKEN.indexOf('='));
        }
        String cookie = request.getHeaders().get("Cookie");
        if (cookie == null) {
            throw new PveRefusal(401, "No ticket");
        }
        int number = Integer.parseInt(cookie.substring(cookie.lastIndexOf(':') + 1));
        if (number < oldestTicket) {
            throw new PveRefusal(401, "permission denied - invalid PVE ticket");
        }
        String csrf = request.getHeaders().get("CSRFPreventionToken");
        if (!method.equals("GET") && !("csrf-" + number).equals(csrf)) {
            throw new PveRefusal(401, "Permission denied - invalid csrf token");
        }
        return "root@pam";
    }

    private static MockResponse ok(JsonNode data) {
        ObjectNode body = PveCluster.NODES.objectNode();
        body.set("data", data);
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "application/json;charset=UTF-8")
                .setHeader("Date", date())
                .body(body.toString())
                .build();
    }

    private MockResponse refuse(PveRefusal refusal) {
        ObjectNode body = PveCluster.NODES.objectNode();
        body.putNull("data");
        if (!refusal.errors.isEmpty()) {
            ObjectNode errors = body.putObject("errors");
            refusal.errors.forEach(errors::put);
        }
        if (cluster.release.messageField()) {
            body.put("message", refusal.getMessage() + "\n");
        }
        return new MockResponse.Builder()
                .status("HTTP/1.1 " + refusal.status + " " + refusal.getMessage())
                .setHeader("Date", date())
                .body(body.toString())
                .build();
    }

    private static String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
    }

    private static void read(String encoded, Map<String, String> form) {
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
    }
}
