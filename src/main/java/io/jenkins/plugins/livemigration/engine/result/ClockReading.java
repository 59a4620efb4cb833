package io.jenkins.plugins.livemigration.engine.result;

/**
 * The estimated offset of a host's clock from the measuring host's: the exchange with the smallest round trip of a loop
 * over one open connection, uncertain by half of that round trip.
 *
 * @param offsetMillis host's wall clock minus ours
 */
public record ClockReading(String host, double offsetMillis, double uncertaintyMillis) {}
