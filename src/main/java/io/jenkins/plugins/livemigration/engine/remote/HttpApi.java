package io.jenkins.plugins.livemigration.engine.remote;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Speaks HTTP/1.1 to REST APIs, for it has the reason phrase, in which some put their error texts. Sends every request at
 * most once and follows no redirects. Thread-safe.
 */
public final class HttpApi implements AutoCloseable {
    /** No answer of an API that we ask is longer. */
    private static final long MOST_BYTES = 16L << 20;

    private final OkHttpClient client;

    /**
     * Connects to nothing yet.
     *
     * @param connectTimeout for the connection, TLS included
     * @param readTimeout the longest silence of a server that is asked
     * @throws IllegalArgumentException if the trust's certificates or fingerprints cannot be read
     */
    public HttpApi(HttpTrust trust, Duration connectTimeout, Duration readTimeout) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(connectTimeout)
                .readTimeout(readTimeout)
                .writeTimeout(readTimeout)
                .callTimeout(connectTimeout.plus(readTimeout.multipliedBy(2)))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .eventListenerFactory(call -> Optional.ofNullable(call.request().tag(Progress.class))
                        .map(EventListener.class::cast)
                        .orElse(EventListener.NONE));
        CertificateTrust.apply(trust, builder);
        this.client = builder.build();
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @param method {@code GET}, {@code POST}, {@code PUT} or {@code DELETE}
     * @param form sent as {@code application/x-www-form-urlencoded} with POST and PUT; GET and DELETE have no body
     * @throws InterruptedException if the thread is interrupted meanwhile; the request may have been carried out
     */
    public HttpAnswer send(String method, String url, Map<String, String> headers, Map<String, String> form)
            throws InterruptedException {
        Progress progress = new Progress();
        Request.Builder request = new Request.Builder().url(url).tag(Progress.class, progress);
        headers.forEach(request::header);
        boolean withBody = method.equals("POST") || method.equals("PUT");
        request.method(method, withBody ? body(form) : null);
        try (Response response = client.newCall(request.build()).execute()) {
            byte[] bytes = response.body().byteStream().readNBytes((int) MOST_BYTES);
            return new HttpAnswer.Answered(
                    response.code(),
                    response.message(),
                    new String(bytes, StandardCharsets.UTF_8),
                    Optional.ofNullable(response.headers().getInstant("Date")));
        } catch (InterruptedIOException interruptedOrLate) {
            if (Thread.interrupted()) {
                throw stopped(interruptedOrLate);
            }
            return new HttpAnswer.Unanswered(progress.sent.get(), false, describe(interruptedOrLate));
        } catch (IOException failed) {
            if (Thread.interrupted()) {
                throw stopped(failed);
            }
            boolean certificate = failed instanceof SSLException && !progress.sent.get();
            return new HttpAnswer.Unanswered(progress.sent.get(), certificate, describe(failed));
        }
    }

    private static InterruptedException stopped(IOException cause) {
        InterruptedException stop = new InterruptedException("interrupted while waiting for an answer");
        stop.initCause(cause);
        return stop;
    }

    private static RequestBody body(Map<String, String> form) {
        FormBody.Builder body = new FormBody.Builder(StandardCharsets.UTF_8);
        form.forEach(body::add);
        return body.build();
    }

    private static String describe(IOException failure) {
        String text = failure.getMessage();
        return text == null || text.isBlank() ? failure.getClass().getSimpleName() : text;
    }

    /** Closes idle connections. */
    @Override
    public void close() {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
        try {
            client.dispatcher().executorService().awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Remembers whether anything of a request was sent. */
    private static final class Progress extends EventListener {
        private final AtomicBoolean sent = new AtomicBoolean();

        @Override
        public void requestHeadersStart(Call call) {
            sent.set(true);
        }
    }
}
