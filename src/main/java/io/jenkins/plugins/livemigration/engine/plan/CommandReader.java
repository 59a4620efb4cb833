package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.CommandPlan;
import java.time.Duration;

/** Reads {@code driver.command}. */
final class CommandReader implements DriverReader {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    @Override
    public String key() {
        return "command";
    }

    @Override
    public DriverPlan read(MapReader reader, PlanContext context) {
        PlanContext.Route route = context.route(reader);
        return new CommandPlan(
                route.from(),
                route.to(),
                context.requiredHost(reader, "on"),
                reader.requiredText("migrate", "migrate: ./migrate.sh", TextRules.COMMAND),
                reader.requiredText("locate", "locate: ./locate.sh", TextRules.COMMAND),
                reader.text("recover", TextRules.COMMAND),
                reader.text("cancel", TextRules.COMMAND),
                reader.duration("timeout", TIMEOUT, PlanContext.SHORTEST, PlanContext.DAY));
    }
}
