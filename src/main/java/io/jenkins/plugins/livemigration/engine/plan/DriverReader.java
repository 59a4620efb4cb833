package io.jenkins.plugins.livemigration.engine.plan;

import java.util.List;

/** Reads the part of a plan that belongs to one driver. A new driver adds an implementation to {@link #ALL}. */
interface DriverReader {
    /** The drivers that a plan can name, in the order in which they are listed to the reader. */
    List<DriverReader> ALL = List.of(new PodmanReader(), new ProxmoxReader(), new CommandReader());

    /** The driver's key in plans. */
    String key();

    /** The driver's keys, all of them asked for. */
    DriverPlan read(MapReader reader, PlanContext context);
}
