package io.jenkins.plugins.livemigration.jenkins.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.User;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A job's trend page. Made for a request; nothing of it is stored. */
@ExportedBean
public final class TrendAction implements Action {
    private static final Logger LOGGER = Logger.getLogger(TrendAction.class.getName());

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

    /** The picture on the job's own page; absent if there is nothing to draw, or it cannot be read, which the log says. */
    public @Nullable SmallTrend getSmall() {
        try {
            return SmallTrend.of(History.of(job), LocaleProvider.getLocale()).orElse(null);
        } catch (IOException unreadable) {
            LOGGER.log(Level.WARNING, unreadable, () -> "No small trend of " + job.getFullName());
            return null;
        }
    }

    /** Whose choice of a metric the browser remembers, where Jenkins does not. */
    public String getReader() {
        return Jenkins.getAuthentication2().getName();
    }

    /** {@code api/json}. */
    public Api getApi() {
        return new Api(this);
    }

    /** The metrics that have figures: each is what {@code data} takes as {@code metric}. */
    @Exported
    public List<String> getMetrics() {
        return History.of(job).metrics();
    }

    /** The newest builds' runs, in order. */
    @Exported(inline = true)
    public List<ExportedRun> getRuns() throws IOException {
        return History.of(job).runs(TrendData.FIRST_VIEW).stream()
                .map(ExportedRun::new)
                .toList();
    }

    /** Whether Jenkins itself remembers the choice, since it knows who looks. */
    public boolean isSignedIn() {
        return User.current() != null;
    }

    /** The metric that the reader has chosen for this job; empty if none, or if nobody knows who looks. */
    public String getChosen() {
        return TrendChoice.current(job).map(Metric::id).orElse("");
    }

    /**
     * Remembers which metric the reader wants to see.
     *
     * @throws Failure if there is no such metric
     */
    @RequirePOST
    public HttpResponse doChoose(@QueryParameter @Nullable String metric) throws IOException {
        job.checkPermission(Item.READ);
        User reader = User.current();
        if (reader == null) {
            return HttpResponses.forbidden();
        }
        Metric chosen = Optional.ofNullable(metric)
                .flatMap(Metrics::find)
                .orElseThrow(() -> new Failure(Words.text("trend.noMetric")));
        TrendChoice.remember(reader, job, chosen);
        return HttpResponses.ok();
    }

    /** The data of {@code metric}, of the newest builds or, with {@code all}, of all. */
    public void doData(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        TrendData data = new TrendData(History.of(job), LocaleProvider.getLocale());
        Optional<String> metric = metric(request.getParameter("metric"));
        send(
                response,
                "true".equals(request.getParameter("all"))
                        ? data.all(metric)
                        : data.newest(metric, TrendData.FIRST_VIEW));
    }

    /** Near which of the newest builds the level of {@code metric} changed: takes longer to find than to draw the rest. */
    public void doChanges(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        TrendData data = new TrendData(History.of(job), LocaleProvider.getLocale());
        send(response, data.levelChanges(metric(request.getParameter("metric")).orElse("")));
    }

    private static void send(StaplerResponse2 response, ObjectNode json) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> metric(@Nullable String parameter) {
        return Optional.ofNullable(parameter);
    }
}
