package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.List;
import java.util.Optional;

/** Reads {@code driver}: one key, the driver's name, with the driver's own keys below. */
final class DriverKeys {
    /** All drivers' names. */
    static final List<String> NAMES =
            DriverReader.ALL.stream().map(DriverReader::key).toList();

    private static final String EXAMPLE = "podman: {from: host-a, to: host-b, containers: [web]}";

    private DriverKeys() {}

    /** The driver; empty if it cannot even be told which one is meant. */
    static Optional<DriverPlan> read(MapReader driver, PlanContext context) {
        for (String key : driver.mapping().entries().keySet()) {
            if (!NAMES.contains(key)) {
                driver.has(key);
                driver.fault(
                        key, new Fault(Message.of("plan.unknownDriver", Faults.shown(key)), Faults.meant(key, NAMES)));
            }
        }
        Optional<String> name =
                driver.mapping().entries().isEmpty() || NAMES.stream().anyMatch(driver::has)
                        ? driver.oneOf(NAMES, EXAMPLE)
                        : Optional.empty();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        DriverReader reader = DriverReader.ALL.get(NAMES.indexOf(name.get()));
        return driver.map(name.get(), EXAMPLE).map(keys -> {
            DriverPlan plan = reader.read(keys, context);
            keys.end();
            return plan;
        });
    }
}
