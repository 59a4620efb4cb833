package io.jenkins.plugins.livemigration.engine.remote;

/**
 * A host's wall clock minus this machine's, from the exchange with the smallest round trip of a loop over one open
 * channel.
 *
 * @param offsetNanos host minus here
 * @param uncertaintyNanos half of that round trip
 */
public record ClockOffset(long offsetNanos, long uncertaintyNanos) {}
