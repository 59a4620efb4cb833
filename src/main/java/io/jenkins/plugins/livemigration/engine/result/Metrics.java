package io.jenkins.plugins.livemigration.engine.result;

import static io.jenkins.plugins.livemigration.engine.result.Metric.Better.HIGHER;
import static io.jenkins.plugins.livemigration.engine.result.Metric.Better.LOWER;
import static io.jenkins.plugins.livemigration.engine.result.Metric.Better.NEITHER;
import static io.jenkins.plugins.livemigration.engine.result.Metric.Scale.LINEAR;
import static io.jenkins.plugins.livemigration.engine.result.Metric.Scale.LOGARITHMIC;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue of all metrics, in the order in which they are shown. docs/metrics.md defines each. */
public final class Metrics {
    /** The parts of a sample of which the network's quality is told; the ids of such metrics end with one of them. */
    public static final List<String> PARTS = List.of("before", "during", "after");

    private static final Map<String, Metric> BY_ID = new LinkedHashMap<>();

    public static final Metric MIGRATION_TIME_PLATFORM = duration("migrationTime.platform");
    public static final Metric MIGRATION_TIME_SERVICE = duration("migrationTime.service");
    public static final Metric DOWNTIME_REPORTED = duration("downtime.reported");
    public static final Metric DOWNTIME_OBSERVED = duration("downtime.observed");
    public static final Metric OUTAGE_LONGEST = duration("outage.longest");
    public static final Metric OUTAGE_TOTAL = duration("outage.total");
    public static final Metric OUTAGE_COUNT = add("outage.count", Unit.COUNT, LOWER, LINEAR);
    public static final Metric DEGRADATION = add("degradation", Unit.MILLISECONDS, LOWER, LINEAR);
    public static final Metric SESSION_STALL = duration("session.stall");
    public static final Metric DOWNTIME_PUBLISHED = duration("downtime.published");
    public static final Metric MIGRATION_TIME_PUBLISHED = duration("migrationTime.published");
    public static final Metric FREEZE = duration("criu.frozen");
    public static final Metric DUMP = duration("criu.dump");
    public static final Metric RESTORE = duration("criu.restore");
    public static final Metric PAGES_WRITTEN = add("criu.pagesWritten", Unit.COUNT, LOWER, LOGARITHMIC);
    public static final Metric BYTES_RAM = bytes("bytes.ram");
    public static final Metric BYTES_DISK = bytes("bytes.disk");
    public static final Metric BYTES_ARCHIVE = bytes("bytes.archive");
    public static final Metric BYTES_VOLUME = bytes("bytes.volume");
    public static final Metric BYTES_WIRE = bytes("bytes.wire");
    public static final Metric ITERATIONS = add("iterations", Unit.COUNT, LOWER, LINEAR);
    public static final Metric DIRTY_RATE = add("dirtyRate", Unit.BYTES_PER_SECOND, NEITHER, LOGARITHMIC);
    public static final Metric THROTTLE = add("throttle", Unit.PERCENT, LOWER, LINEAR);
    public static final Metric SPEED = add("speed", Unit.BYTES_PER_SECOND, HIGHER, LOGARITHMIC);
    public static final Metric STATE_KEPT = add("state.kept", Unit.COUNT, HIGHER, LINEAR);

    static {
        for (String part : PARTS) {
            duration("delay.rtt." + part);
            duration("delay.oneWay." + part);
            duration("delay.oneWayBack." + part);
            duration("spacing.mean." + part);
            add("jitter.rfc3550." + part, Unit.MILLISECONDS, LOWER, LOGARITHMIC);
            add("jitter.spacingVariation." + part, Unit.MILLISECONDS, LOWER, LOGARITHMIC);
            add("jitter.rttStdDev." + part, Unit.MILLISECONDS, LOWER, LOGARITHMIC);
            add("loss." + part, Unit.PERCENT, LOWER, LINEAR);
            add("loss.oneWay." + part, Unit.PERCENT, LOWER, LINEAR);
            add("loss.oneWayBack." + part, Unit.PERCENT, LOWER, LINEAR);
            add("throughput." + part, Unit.BITS_PER_SECOND, HIGHER, LOGARITHMIC);
            add("throughput.oneWay." + part, Unit.BITS_PER_SECOND, HIGHER, LOGARITHMIC);
            add("throughput.oneWayBack." + part, Unit.BITS_PER_SECOND, HIGHER, LOGARITHMIC);
            add("qos.index." + part, Unit.COUNT, HIGHER, LINEAR);
        }
    }

    private Metrics() {}

    /** The metric of that id, if there is one. */
    public static Optional<Metric> find(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** All metrics, in the order in which they are shown. */
    public static Collection<Metric> all() {
        return Collections.unmodifiableCollection(BY_ID.values());
    }

    private static Metric duration(String id) {
        return add(id, Unit.MILLISECONDS, LOWER, LOGARITHMIC);
    }

    private static Metric bytes(String id) {
        return add(id, Unit.BYTES, LOWER, LOGARITHMIC);
    }

    private static Metric add(String id, Unit unit, Metric.Better better, Metric.Scale scale) {
        Metric metric = new Metric(id, unit, better, scale);
        BY_ID.put(id, metric);
        return metric;
    }
}
