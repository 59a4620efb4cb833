package io.jenkins.plugins.livemigration.engine.result;

import java.util.OptionalLong;

/**
 * A phase of a migration as the driver saw it. Times are milliseconds since the migration was requested, on the
 * measuring host's monotonic clock. Phases may overlap.
 *
 * @param name a driver's own term from the field's vocabulary ({@code checkpoint}, {@code transfer}, {@code restore})
 * @param bytes payload moved in this phase, where known
 */
public record Phase(String name, double startMillis, double endMillis, OptionalLong bytes) {}
