package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.plan.HostCommand;
import io.jenkins.plugins.livemigration.engine.plan.StatePlan;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.StateCheck;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Reads the workload's own state before and after a move, and says whether it continued. What goes wrong is returned, not
 * thrown. Safe for use by several threads.
 */
public final class StateReader {
    private static final long MAX_ANSWER_BYTES = 1 << 20;
    private static final int MAX_SHOWN = 80;
    private static final long RETRY_MILLIS = 100;

    private final Hosts hosts;
    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .retryOnConnectionFailure(false)
            .build();

    /** @param hosts where commands run */
    public StateReader(Hosts hosts) {
        this.hosts = hosts;
    }

    /**
     * Reads the value. A GET that fails is repeated, on a new connection each, until the plan's time-out; a command runs
     * once.
     *
     * @throws InterruptedException if the calling thread is interrupted while it reads
     */
    public StateReading read(StatePlan plan) throws InterruptedException {
        if (plan.source() instanceof StatePlan.Source.Http get) {
            return get(plan, get.url());
        }
        HostCommand command = ((StatePlan.Source.Command) plan.source()).command();
        CommandResult result = hosts.host(command.on()).run(command.run(), command.timeout());
        return result.ok()
                ? extract(plan, result.out())
                : new StateReading.Unreadable(
                        Message.of("observe.stateCommandFailed", command.on(), result.complaint()));
    }

    /** Whether the value after continues the one before, as the plan demands. */
    public static StateCheck compare(StatePlan plan, StateReading.Value before, StateReading.Value after) {
        boolean kept = switch (plan.expect()) {
            case EQUAL -> before.text().equals(after.text());
            case MONOTONIC ->
                number(before.text())
                        .flatMap(earlier -> number(after.text()).map(later -> later.compareTo(earlier) >= 0))
                        .orElse(false);
        };
        return new StateCheck(before.text(), after.text(), kept);
    }

    private StateReading get(StatePlan plan, String url) throws InterruptedException {
        long deadline = System.nanoTime() + plan.timeout().toNanos();
        StateReading reading;
        do {
            reading = getOnce(plan, url, Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime())));
            if (reading instanceof StateReading.Value) {
                return reading;
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } while (deadline - System.nanoTime() > 0);
        return reading;
    }

    private StateReading getOnce(StatePlan plan, String url, Duration timeout) throws InterruptedException {
        Request request;
        try {
            request = new Request.Builder().url(url).build();
        } catch (IllegalArgumentException noUrl) {
            return new StateReading.Unreadable(
                    Message.of("observe.stateGetFailed", url, String.valueOf(noUrl.getMessage())));
        }
        OkHttpClient patient = http.newBuilder()
                .callTimeout(timeout)
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .build();
        try (Response response = patient.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                return new StateReading.Unreadable(
                        Message.of("observe.stateGetFailed", url, "HTTP " + response.code()));
            }
            return extract(plan, response.peekBody(MAX_ANSWER_BYTES).string());
        } catch (IOException failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new StateReading.Unreadable(
                    Message.of("observe.stateGetFailed", url, String.valueOf(failed.getMessage())));
        }
    }

    private static StateReading extract(StatePlan plan, String answer) {
        String value = answer.strip();
        if (plan.extract().isPresent()) {
            Matcher matcher = Pattern.compile(plan.extract().get()).matcher(answer);
            if (!matcher.find()) {
                return new StateReading.Unreadable(
                        Message.of("observe.stateNoMatch", plan.extract().get(), shown(answer)));
            }
            String group = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
            value = group == null ? "" : group;
        }
        if (plan.expect() == StatePlan.Expect.MONOTONIC && number(value).isEmpty()) {
            return new StateReading.Unreadable(Message.of("observe.stateNoNumber", shown(value)));
        }
        return new StateReading.Value(value);
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static String shown(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "...";
    }
}
