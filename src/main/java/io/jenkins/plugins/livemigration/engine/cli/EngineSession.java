package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.Engine;
import io.jenkins.plugins.livemigration.engine.observe.SystemProbes;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.remote.PlanHosts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** An engine with its connections, for the length of one command. */
final class EngineSession implements AutoCloseable {
    private final PlanHosts hosts;
    private final Engine engine;

    /** Connects to nothing yet. */
    EngineSession(ParsedPlan.Valid plan, Credentials credentials) {
        this(plan, credentials, Optional.empty());
    }

    /**
     * The same.
     *
     * @param starter what started it, for people who meet its lease
     */
    EngineSession(ParsedPlan.Valid plan, Credentials credentials, Optional<String> starter) {
        hosts = new PlanHosts(plan.plan().hosts(), credentials);
        engine = new Engine(
                plan,
                hosts,
                () -> new PlanHosts(plan.plan().hosts(), credentials),
                credentials,
                new SystemProbes(hosts),
                starter.map(named -> named + " (" + owner() + ")").orElseGet(EngineSession::owner));
    }

    Engine engine() {
        return engine;
    }

    /** Closes the connections. */
    @Override
    public void close() {
        hosts.close();
    }

    /** Who runs this: {@code user@machine}. */
    static String owner() {
        String user = System.getProperty("user.name", "?");
        try {
            return user + "@" + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return user;
        }
    }
}
