package io.jenkins.plugins.livemigration.engine.remote;

import java.util.Collection;

/** The hosts of a plan, connected on first use. */
public interface Hosts extends AutoCloseable {

    /**
     * The host of that name.
     *
     * @throws IllegalArgumentException if the plan has none (validation makes that a bug)
     */
    Host host(String name);

    /** All hosts, in the plan's order. */
    Collection<Host> all();

    /** Closes every connection. */
    @Override
    void close();
}
