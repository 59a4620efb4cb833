package io.jenkins.plugins.livemigration.engine.plan;

import java.util.Optional;

/**
 * A packet capture around each move.
 *
 * @param on the host whose tcpdump runs; {@code local} for this machine
 * @param device the network interface; {@code any} for all
 * @param filter in tcpdump's language; empty for everything
 * @param snapLength so many bytes of each frame are kept
 * @param megabytes the ring's size, in millions of bytes: when it is full the oldest frames are overwritten
 */
public record CapturePlan(String on, String device, Optional<String> filter, int snapLength, int megabytes) {}
