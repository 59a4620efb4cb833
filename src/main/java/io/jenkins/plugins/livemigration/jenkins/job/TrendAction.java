package io.jenkins.plugins.livemigration.jenkins.job;

import hudson.model.Action;
import hudson.model.Job;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A job's trend page. Made for a request; nothing of it is stored. */
public final class TrendAction implements Action {
    private final transient Job<?, ?> job;

    TrendAction(Job<?, ?> job) {
        this.job = job;
    }

    @Override
    public String getIconFileName() {
        return "symbol-trending-up-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Words.text("trend.title");
    }

    @Override
    public String getUrlName() {
        return "live-migration-trend";
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** The data of {@code metric}, of the newest builds or, with {@code all}, of all. */
    public void doData(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        boolean all = "true".equals(request.getParameter("all"));
        String json = new TrendData(History.of(job))
                .json(metric(request.getParameter("metric")), all ? Integer.MAX_VALUE : TrendData.FIRST_VIEW)
                .toString();
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> metric(@Nullable String parameter) {
        return Optional.ofNullable(parameter);
    }
}
