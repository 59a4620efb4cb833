package io.jenkins.plugins.livemigration.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Headless Chromium in which something can be done, over its DevTools protocol: a session of a reader's own, with its cookies
 * and its storage.
 */
final class DrivenBrowser implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path screenshots;
    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private int lastId;

    /**
     * A new session.
     *
     * @param profile a folder that does not exist yet
     */
    DrivenBrowser(Path profile, Path screenshots, String language) throws IOException {
        assumeTrue(Files.isExecutable(PROGRAM), "NO BROWSER: " + PROGRAM + " is not there; no page was looked at");
        this.screenshots = Files.createDirectories(screenshots);
        Files.createDirectories(profile);
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--accept-lang=" + language,
                        "--user-data-dir=" + profile.toAbsolutePath(),
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("browser.log").toFile())
                .start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page(profile.resolve("DevToolsActivePort")), new Listener())
                .join();
        ask("Page.enable", Map.of());
        ask("Runtime.enable", Map.of());
        ask("Log.enable", Map.of());
    }

    private static URI page(Path portFile) {
        HttpClient http = HttpClient.newHttpClient();
        return Awaitility.await("the browser is up")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(
                        () -> {
                            String port = Files.readAllLines(portFile).get(0);
                            String list = http.send(
                                            HttpRequest.newBuilder(
                                                            URI.create("http://127.0.0.1:" + port + "/json/list"))
                                                    .build(),
                                            HttpResponse.BodyHandlers.ofString())
                                    .body();
                            for (JsonNode target : JSON.readTree(list)) {
                                if (target.path("type").asText().equals("page")) {
                                    return target.path("webSocketDebuggerUrl").asText();
                                }
                            }
                            return "";
                        },
                        address -> !address.isEmpty())
                .transform(URI::create);
    }

    /** Opens a page and waits until it and what its scripts fetch at once is there. */
    void open(String url) {
        evaluate("window.leftBehind = true");
        ask("Page.navigate", Map.of("url", url));
        awaitPage();
    }

    /** Waits for the page behind the present one: for what a click or a form leads to. */
    void awaitPage() {
        await("!window.leftBehind && document.readyState === 'complete'");
    }

    /** Logs in by the form. */
    void logIn(String jenkins, String user, String password) {
        open(jenkins + "login");
        evaluate("window.leftBehind = true; document.querySelector('[name=j_username]').value = '" + user + "';"
                + "document.querySelector('[name=j_password]').value = '" + password + "';"
                + "document.querySelector('form[name=login]').requestSubmit()");
        awaitPage();
    }

    /** Waits until a script's value is true. */
    void await(String script) {
        Awaitility.await(script)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> evaluate(script).asBoolean());
    }

    /** The value of a script. */
    JsonNode evaluate(String script) {
        JsonNode answer = ask("Runtime.evaluate", Map.of("expression", script, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(script + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** How wide the window is: a phone is about 390 wide. */
    void resize(int width, int height) {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** A picture of the whole page, or of one element with its surroundings, if there is such an element. */
    Path screenshot(String name, String selector) throws IOException {
        JsonNode box =
                evaluate("(() => { const e = document.querySelector('" + selector + "'); if (!e) { return null; }"
                        + " const r = e.getBoundingClientRect(); return { x: 0, y: Math.max(0, r.top + window.scrollY - 20),"
                        + " width: document.documentElement.clientWidth, height: r.height + 40, scale: 1 }; })()");
        ObjectNode arguments = JSON.createObjectNode().put("captureBeyondViewport", true);
        if (box.isObject()) {
            arguments.set("clip", box);
        }
        JsonNode picture = ask("Page.captureScreenshot", arguments);
        return Files.write(
                screenshots.resolve(name + ".png"),
                Base64.getDecoder().decode(picture.path("data").asText()));
    }

    /** What sticks out of the page to the right, so that a reader would have to move it sideways; empty if nothing does. */
    List<String> tooWide() {
        return texts(evaluate("""
                (() => {
                  const width = document.documentElement.clientWidth;
                  if (document.documentElement.scrollWidth <= width) { return []; }
                  return [...document.querySelectorAll('body *')]
                      .filter(e => e.getBoundingClientRect().right > width + 1 && e.checkVisibility())
                      .map(e => e.tagName + '.' + e.className).slice(0, 20);
                })()
                """));
    }

    /**
     * Texts in elements of that kind that stand out less from what is behind them than WCAG 2.1 (1.4.3) wants: a contrast of
     * 4.5, of large letters 3. Texts in pictures are left out: what is behind those cannot be told from their styles.
     */
    List<String> faint(String selector) {
        return texts(evaluate("""
                (() => {
                  const canvas = document.createElement('canvas');
                  canvas.width = canvas.height = 1;
                  const pen = canvas.getContext('2d', { willReadFrequently: true });
                  const colour = css => {
                    pen.clearRect(0, 0, 1, 1);
                    pen.fillStyle = css;
                    pen.fillRect(0, 0, 1, 1);
                    return [...pen.getImageData(0, 0, 1, 1).data];
                  };
                  const over = (above, below) => below.map((b, i) => i === 3 ? 255
                      : above[i] * above[3] / 255 + b * (1 - above[3] / 255));
                  const behind = e => e === null ? [255, 255, 255, 255]
                      : over(colour(getComputedStyle(e).backgroundColor), behind(e.parentElement));
                  const light = c => [0.2126, 0.7152, 0.0722].map((weight, i) => {
                    const part = c[i] / 255;
                    return weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                  }).reduce((a, b) => a + b);
                  const found = new Set();
                  document.querySelectorAll('%s').forEach(root => {
                    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
                    while (walk.nextNode()) {
                      const e = walk.currentNode.parentElement;
                      const text = walk.currentNode.textContent.trim();
                      if (text === '' || e.closest('svg, option') !== null || !e.checkVisibility()) { continue; }
                      const style = getComputedStyle(e);
                      const size = parseFloat(style.fontSize);
                      const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
                      const below = behind(e);
                      const [a, b] = [light(over(colour(style.color), below)), light(below)];
                      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                      if (contrast < (large ? 3 : 4.5)) {
                        found.add(contrast.toFixed(2) + ': ' + text.slice(0, 60));
                      }
                    }
                  });
                  return [...found];
                })()
                """.formatted(selector)));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Violations of the content security policy and errors of scripts so far. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private JsonNode ask(String method, Object arguments) {
        int id = ++lastId;
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode question = JSON.createObjectNode().put("id", id).put("method", method);
        question.set("params", JSON.valueToTree(arguments));
        socket.sendText(question.toString(), true).join();
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                read(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void read(String message) {
            try {
                JsonNode node = JSON.readTree(message);
                if (node.has("id")) {
                    answers.remove(node.path("id").asInt())
                            .complete(node.has("error") ? node.path("error") : node.path("result"));
                } else if (node.path("method").asText().equals("Runtime.exceptionThrown")) {
                    complaints.add(node.path("params").toString());
                } else if (node.at("/params/entry/level").asText().equals("error")
                        && node.at("/params/entry/source").asText().equals("security")) {
                    complaints.add(node.at("/params/entry").toString());
                }
            } catch (IOException broken) {
                complaints.add(broken.toString());
            }
        }
    }
}
