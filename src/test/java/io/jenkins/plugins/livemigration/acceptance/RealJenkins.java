package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real controller on loopback with one real agent, of a jenkins.war and a folder of plugins that the machine has. Where
 * they are say {@code LMB_JENKINS_WAR} and {@code LMB_JENKINS_PLUGINS}; else they are looked for in
 * {@code ~/.cache/live-migration-benchmark/jenkins}. Both run on the Java of these tests, or on that of
 * {@code LMB_JENKINS_JAVA_HOME}.
 */
final class RealJenkins implements AutoCloseable {
    static final String AGENT = "lab-agent";
    private static final Path CACHE =
            Path.of(System.getProperty("user.home"), ".cache", "live-migration-benchmark", "jenkins");
    private static final Path PLUGIN = Path.of("target", "live-migration-benchmark.hpi");

    private final Path folder;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private Optional<Process> controller = Optional.empty();
    private Optional<Process> agent = Optional.empty();

    private RealJenkins(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** The war; the test is skipped, which is said, if there is none. */
    static Path war() {
        Path war = given("LMB_JENKINS_WAR", CACHE.resolve("jenkins.war"));
        assumeTrue(
                Files.isRegularFile(war),
                "NO JENKINS: set LMB_JENKINS_WAR and LMB_JENKINS_PLUGINS, or put them into " + CACHE
                        + "; nothing was tested in a real controller");
        return war;
    }

    /** The plugins' archives, ours not among them. */
    static List<Path> plugins() throws IOException {
        Path plugins = given("LMB_JENKINS_PLUGINS", CACHE.resolve("plugins"));
        assumeTrue(
                Files.isDirectory(plugins), "NO JENKINS PLUGINS: set LMB_JENKINS_PLUGINS, or put them into " + plugins);
        try (Stream<Path> files = Files.list(plugins)) {
            return files.filter(file -> file.toString().matches(".*\\.[hj]pi")).toList();
        }
    }

    /** Our own archive. */
    static Path plugin() {
        assertThat(PLUGIN).as("run mvn package first").exists();
        return PLUGIN;
    }

    /** Makes a fresh home below a folder; starts nothing yet. */
    static RealJenkins in(Path folder) throws IOException {
        war();
        Path home = Files.createDirectories(folder.resolve("home"));
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        for (Path plugin : plugins()) {
            Files.copy(plugin, plugins.resolve(plugin.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(plugin(), plugins.resolve("live-migration-benchmark.jpi"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(home.resolve("config.xml"), """
                <?xml version='1.1' encoding='UTF-8'?>
                <hudson><numExecutors>2</numExecutors><mode>NORMAL</mode><slaveAgentPort>-1</slaveAgentPort></hudson>
                """);
        Files.writeString(
                Files.createDirectories(home.resolve("nodes").resolve(AGENT)).resolve("config.xml"),
                """
                <?xml version='1.1' encoding='UTF-8'?>
                <slave><name>%s</name><remoteFS>%s</remoteFS><numExecutors>4</numExecutors><mode>NORMAL</mode>
                <retentionStrategy class="hudson.slaves.RetentionStrategy$Always"/>
                <launcher class="hudson.slaves.JNLPLauncher"/><label>migration-lab</label></slave>
                """.formatted(AGENT, folder.resolve("agent")));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new RealJenkins(folder, free.getLocalPort());
        }
    }

    Path home() {
        return folder.resolve("home");
    }

    Path log() {
        return folder.resolve("controller.log");
    }

    /** The agent's own folder. */
    Path agentFolder() {
        return folder.resolve("agent");
    }

    Path agentLog() {
        return folder.resolve("agent.log");
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** Starts the controller, with the content security policy enforced, and waits until it answers. */
    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        java(),
                        JavaLog.FORMAT,
                        "-Xmx700m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djenkins.install.runSetupWizard=false",
                        "-Djenkins.security.csp.CspHeader.headerName=Content-Security-Policy",
                        "-jar",
                        war().toAbsolutePath().toString(),
                        "--httpListenAddress=127.0.0.1",
                        "--httpPort=" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().put("JENKINS_HOME", home().toString());
        controller = Optional.of(builder.start());
        Awaitility.await("the controller answers (" + log() + ")")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> get("login").statusCode() == 200);
    }

    /** Connects the agent and waits until it is there. */
    void connectAgent() throws Exception {
        connectAgent(command -> command);
    }

    /**
     * The same.
     *
     * @param machine makes of the agent's command one that runs it somewhere
     */
    void connectAgent(UnaryOperator<List<String>> machine) throws Exception {
        Path jar = folder.resolve("agent.jar");
        Files.write(
                jar,
                http.send(request("jnlpJars/agent.jar").build(), HttpResponse.BodyHandlers.ofByteArray())
                        .body());
        Matcher secret = Pattern.compile("<argument>([0-9a-f]{64})</argument>")
                .matcher(text("computer/" + AGENT + "/jenkins-agent.jnlp"));
        assertThat(secret.find()).isTrue();
        Files.createDirectories(agentFolder());
        List<String> command = List.of(
                java(),
                JavaLog.FORMAT,
                "-Xmx200m",
                "-jar",
                jar.toString(),
                "-url",
                url(),
                "-secret",
                secret.group(1),
                "-name",
                AGENT,
                "-webSocket",
                "-workDir",
                agentFolder().toString());
        agent = Optional.of(new ProcessBuilder(machine.apply(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(agentLog().toFile()))
                .start());
        awaitAgent();
    }

    void awaitAgent() {
        Awaitility.await("the agent is connected")
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> text("computer/" + AGENT + "/api/json").contains("\"offline\":false"));
    }

    /** Kills the controller as a power failure would. */
    void killController() throws InterruptedException {
        controller.orElseThrow().destroyForcibly().waitFor();
    }

    /** Kills the agent's process; what it has started stays. */
    void killAgent() throws InterruptedException {
        agent.orElseThrow().destroyForcibly().waitFor();
    }

    /** Makes a pipeline job. */
    void pipeline(String name, String script) throws Exception {
        String xml = """
                <?xml version='1.1' encoding='UTF-8'?>
                <flow-definition><definition class="org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition">
                <script>%s</script><sandbox>true</sandbox></definition></flow-definition>
                """.formatted(escaped(script));
        job(name, xml);
    }

    /** Makes a job from its config.xml. */
    void job(String name, String xml) throws Exception {
        HttpResponse<String> answer =
                post("createItem?name=" + name, "application/xml", HttpRequest.BodyPublishers.ofString(xml));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Starts a build. */
    void build(String job) throws Exception {
        assertThat(post("job/" + job + "/build", "text/plain", HttpRequest.BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(201);
    }

    /** Builds and waits for the end; the console's text. */
    String buildToTheEnd(String job, int number) throws Exception {
        build(job);
        return end(job, number);
    }

    /** Waits for the end of a build; the console's text. */
    String end(String job, int number) {
        awaitConsole(job, number, "\nFinished: ");
        return console(job, number);
    }

    void awaitConsole(String job, int number, String said) {
        Awaitility.await(job + " #" + number + " says " + said)
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> console(job, number).contains(said));
    }

    String console(String job, int number) {
        return text("job/" + job + "/" + number + "/consoleText");
    }

    /** A page's text. */
    String text(String path) {
        return get(path).body();
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> post(String path, String type, HttpRequest.BodyPublisher body, String... headers) {
        String crumb = text("crumbIssuer/api/json").replaceAll(".*\"crumb\":\"([^\"]+)\".*", "$1");
        HttpRequest.Builder request = request(path).header("Content-Type", type).header("Jenkins-Crumb", crumb);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(body).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(request.uri().toString(), e);
        }
    }

    /** Warnings and worse in the logs of controller and agent that name our code. */
    List<String> complaints() throws IOException {
        List<String> complaints = new ArrayList<>(new JavaLog(log()).complaints());
        complaints.addAll(new JavaLog(agentLog()).complaints());
        return complaints;
    }

    /** What a script of the script console prints. */
    String script(String groovy) {
        return post(
                        "scriptText",
                        "application/x-www-form-urlencoded",
                        HttpRequest.BodyPublishers.ofString(
                                "script=" + URLEncoder.encode(groovy, StandardCharsets.UTF_8)))
                .body();
    }

    /** Shows all pages dark, or light, to everybody; needs the plugins theme-manager and dark-theme. */
    void show(boolean dark) {
        String factory = dark
                ? "io.jenkins.plugins.darktheme.DarkThemeManagerFactory"
                : "io.jenkins.plugins.thememanager.none.NoOpThemeManagerFactory";
        assertThat(script("io.jenkins.plugins.thememanager.ThemeManagerPageDecorator.get().setTheme(new " + factory
                        + "())"))
                .doesNotContain("Exception");
    }

    /** Which builds the controller says have used credentials: a line a job, with its builds from one to before another. */
    String usesOf(String credentials) {
        return script("""
                import com.cloudbees.plugins.credentials.CredentialsProvider
                import com.cloudbees.plugins.credentials.common.StandardCredentials
                def found = CredentialsProvider.lookupCredentialsInItemGroup(
                    StandardCredentials, Jenkins.get(), hudson.security.ACL.SYSTEM2, []).find { it.id == '%s' }
                def used = CredentialsProvider.getFingerprintOf(found)
                used?.jobs?.each { println it + ' ' + used.getRangeSet(it) }
                return null
                """.formatted(credentials));
    }

    private static Path given(String variable, Path otherwise) {
        String value = System.getenv(variable);
        return value == null || value.isBlank() ? otherwise : Path.of(value);
    }

    private static String java() {
        Path java = given("LMB_JENKINS_JAVA_HOME", Path.of(System.getProperty("java.home")))
                .resolve("bin")
                .resolve("java");
        assertThat(java).as("the Java of controller and agent").isExecutable();
        return java.toString();
    }

    @Override
    public void close() {
        agent.ifPresent(Process::destroyForcibly);
        controller.ifPresent(process -> {
            process.destroy();
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        });
    }
}
