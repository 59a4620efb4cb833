package io.jenkins.plugins.livemigration.engine.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code capture}: a list of captures. */
final class CaptureReader {
    /** Enough for Ethernet, VLAN, IPv6, TCP with options and the numbers of our own probes. */
    static final int SNAP_LENGTH = 128;

    static final int MEGABYTES = 64;

    private static final int LEAST_SNAP_LENGTH = 64;
    private static final int MOST_SNAP_LENGTH = 65_535;
    private static final int LEAST_MEGABYTES = 4;
    private static final int MOST_MEGABYTES = 4_000;
    private static final int MOST_CAPTURES = 8;
    private static final String EXAMPLE = "{on: local, interface: eth0}";

    private CaptureReader() {}

    static List<CapturePlan> read(MapReader plan, PlanContext context, Mistakes mistakes) {
        List<CapturePlan> captures = new ArrayList<>();
        Set<List<String>> places = new HashSet<>();
        for (PlanNode item : plan.list("capture", MOST_CAPTURES)) {
            MapReader.map(item, EXAMPLE, mistakes).ifPresent(reader -> {
                String on = context.requiredHost(reader, "on");
                String device = reader.text("interface", TextRules.NAME).orElse("any");
                captures.add(new CapturePlan(
                        on,
                        device,
                        reader.text("filter", TextRules.COMMAND),
                        reader.whole("snapLength", SNAP_LENGTH, LEAST_SNAP_LENGTH, MOST_SNAP_LENGTH),
                        reader.whole("megabytes", MEGABYTES, LEAST_MEGABYTES, MOST_MEGABYTES)));
                if (!places.add(List.of(on, device))) {
                    reader.fault("on", Faults.duplicate(on + " " + device));
                }
                reader.end();
            });
        }
        return captures;
    }
}
