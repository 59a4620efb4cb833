package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.remote.HttpAnswer;
import io.jenkins.plugins.livemigration.engine.remote.HttpApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The REST API of a cluster, at one or several of its nodes. Whoever does not answer is skipped. What could do harm if it
 * were done twice is sent again only if it certainly was not done. Thread-safe: one request at a time.
 */
final class PveApi implements PveQuestions, AutoCloseable {
    /** pveproxy's words for: the other node could not be connected, so nothing was asked of it. */
    private static final int NOT_CONNECTED = 595;
    /** pveproxy's other words for: the other node did not answer. */
    private static final int LAST_OF_THE_PROXYS = 599;
    /** What a gateway in front of the API says when that does not answer; Proxmox VE itself never says these. */
    private static final Set<Integer> OF_GATEWAYS = Set.of(502, 503, 504);

    private final List<String> urls;
    private final HttpApi http;
    private final PveLogin login;
    private final Pace pace;
    private int preferred;
    private Optional<Instant> date = Optional.empty();

    PveApi(List<String> urls, HttpApi http, PveLogin login, Pace pace) {
        this.urls = urls.stream().map(url -> url.replaceFirst("/+$", "")).toList();
        this.http = http;
        this.login = login;
        this.pace = pace;
    }

    @Override
    public String caller() {
        return login.caller();
    }

    @Override
    public boolean isRootItself() {
        return login.isRootItself();
    }

    /** The cluster's clock, as the last answer showed it; ours if none did. */
    synchronized Instant now() {
        return date.orElseGet(Instant::now);
    }

    /** Reads. Repeated until somebody answers or the patience is over. */
    @Override
    public PveAnswer get(String path, Map<String, String> query) throws InterruptedException {
        String text = query.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return send("GET", text.isEmpty() ? path : path + "?" + text, Map.of(), true);
    }

    /** Begins something. Sent again only if it certainly did not arrive. */
    PveAnswer post(String path, Map<String, String> form) throws InterruptedException {
        return send("POST", path, form, false);
    }

    /** Changes something. Sent again only if it certainly did not arrive. */
    PveAnswer put(String path, Map<String, String> form) throws InterruptedException {
        return send("PUT", path, form, false);
    }

    /** Ends something; twice is as good as once. */
    PveAnswer delete(String path) throws InterruptedException {
        return send("DELETE", path, Map.of(), true);
    }

    /** For a part of a path or a query. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private PveAnswer send(String method, String path, Map<String, String> form, boolean repeatable)
            throws InterruptedException {
        long deadline = System.nanoTime() + pace.patience().toNanos();
        Round round = everywhere(method, path, form, repeatable);
        while (!round.settled() && System.nanoTime() <= deadline) {
            Thread.sleep(pace.retry().toMillis());
            round = everywhere(method, path, form, repeatable);
        }
        return round.answer();
    }

    /** One try at every end point. Settled: trying again would help nothing, or do harm. */
    private record Round(PveAnswer answer, boolean settled) {}

    private synchronized Round everywhere(String method, String path, Map<String, String> form, boolean repeatable)
            throws InterruptedException {
        PveAnswer last = new PveAnswer.Unreachable(false, false, "");
        boolean certificates = true;
        for (int i = 0; i < urls.size(); i++) {
            int index = (preferred + i) % urls.size();
            last = once(method, urls.get(index), path, form);
            if (!(last instanceof PveAnswer.Unreachable unreachable)) {
                preferred = index;
                return new Round(last, true);
            }
            if (unreachable.maybeDone() && !repeatable) {
                return new Round(last, true);
            }
            certificates &= unreachable.certificate();
        }
        return new Round(last, certificates);
    }

    private PveAnswer once(String method, String url, String path, Map<String, String> form)
            throws InterruptedException {
        PveAnswer answer = authenticated(method, url, path, form);
        if (answer instanceof PveAnswer.Refused refused && refused.status() == 401 && login.rejected()) {
            // The ticket has expired: nothing was done, and a new one may help.
            answer = authenticated(method, url, path, form);
        }
        return answer;
    }

    private PveAnswer authenticated(String method, String url, String path, Map<String, String> form)
            throws InterruptedException {
        Optional<PveAnswer> obstacle = login.prepare(http, url);
        if (obstacle.isPresent()) {
            return unreachableIfProxied(obstacle.get(), url);
        }
        HttpAnswer sent = http.send(method, url + "/api2/json" + path, login.headers(!method.equals("GET")), form);
        if (sent instanceof HttpAnswer.Unanswered unanswered) {
            return new PveAnswer.Unreachable(
                    unanswered.sent(), unanswered.certificate(), url + ": " + unanswered.why());
        }
        HttpAnswer.Answered answered = (HttpAnswer.Answered) sent;
        date = answered.date().or(() -> date);
        return unreachableIfProxied(PveAnswer.read(answered), url);
    }

    private static PveAnswer unreachableIfProxied(PveAnswer answer, String url) {
        if (answer instanceof PveAnswer.Refused refused
                && (OF_GATEWAYS.contains(refused.status())
                        || (refused.status() >= NOT_CONNECTED && refused.status() <= LAST_OF_THE_PROXYS))) {
            return new PveAnswer.Unreachable(
                    refused.status() != NOT_CONNECTED, false, url + ": " + refused.status() + " " + refused.text());
        }
        return answer;
    }

    @Override
    public void close() {
        http.close();
    }
}
