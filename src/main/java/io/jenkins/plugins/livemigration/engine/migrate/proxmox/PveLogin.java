package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.remote.Credentials.Credential;
import io.jenkins.plugins.livemigration.engine.remote.HttpAnswer;
import io.jenkins.plugins.livemigration.engine.remote.HttpApi;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How the caller of the API proves who it is. Used by one thread at a time. */
sealed interface PveLogin {

    /** The user's or token's full name. */
    String caller();

    /** Makes it ready for use at that end point; what went wrong, if it cannot. */
    Optional<PveAnswer> prepare(HttpApi http, String url) throws InterruptedException;

    /** Headers for a request; {@code writing} for all but GET. */
    Map<String, String> headers(boolean writing);

    /** Told that the server no longer takes what was sent; true if trying again may help. */
    boolean rejected();

    /** Whether the caller may use what is kept for {@code root@pam}: tokens never may, not even root's. */
    default boolean isRootItself() {
        return caller().equals("root@pam");
    }

    /**
     * The login that a secret makes: an API token if it has the form {@code USER@REALM!NAME=UUID} (or its user has the
     * first half), else a password.
     *
     * @param planned the plan's user
     * @return empty if it is neither
     */
    static Optional<PveLogin> of(Credential credential, Optional<String> planned, LongSupplier nanoTime) {
        if (!(credential instanceof Credential.SecretText secret)) {
            return Optional.empty();
        }
        String text = secret.text().strip();
        Optional<String> user = secret.user().or(() -> planned);
        String plain = text.startsWith("PVEAPIToken=") ? text.substring("PVEAPIToken=".length()) : text;
        if (plain.matches("[^\\s=]+@[^\\s=]+![^\\s=]+=[^\\s=]+")) {
            return Optional.of(new Token(plain.substring(0, plain.lastIndexOf('=')), plain));
        }
        if (user.isPresent() && user.get().contains("!")) {
            return Optional.of(new Token(user.get(), user.get() + "=" + plain));
        }
        return user.map(name -> new Ticket(name, secret.text(), nanoTime));
    }

    /** An API token: nothing to renew, no CSRF token. */
    final class Token implements PveLogin {
        private final String name;
        private final String header;

        Token(String name, String full) {
            this.name = name;
            this.header = "PVEAPIToken=" + full;
        }

        @Override
        public String caller() {
            return name;
        }

        @Override
        public Optional<PveAnswer> prepare(HttpApi http, String url) {
            return Optional.empty();
        }

        @Override
        public Map<String, String> headers(boolean writing) {
            return Map.of("Authorization", header);
        }

        @Override
        public boolean rejected() {
            return false;
        }
    }

    /** A password, turned into a ticket that is valid for two hours and renewed after one. */
    final class Ticket implements PveLogin {
        private static final Duration RENEWAL = Duration.ofHours(1);

        private final String user;
        private final String password;
        private final LongSupplier nanoTime;
        private Optional<Held> held = Optional.empty();

        private record Held(String ticket, String csrf, long sinceNanos) {}

        Ticket(String user, String password, LongSupplier nanoTime) {
            this.user = user;
            this.password = password;
            this.nanoTime = nanoTime;
        }

        @Override
        public String caller() {
            return user;
        }

        @Override
        public Optional<PveAnswer> prepare(HttpApi http, String url) throws InterruptedException {
            long now = nanoTime.getAsLong();
            if (held.isPresent() && now - held.get().sinceNanos() < RENEWAL.toNanos()) {
                return Optional.empty();
            }
            if (held.isPresent() && login(http, url, held.get().ticket()).isEmpty()) {
                return Optional.empty();
            }
            return login(http, url, password);
        }

        private Optional<PveAnswer> login(HttpApi http, String url, String secret) throws InterruptedException {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("username", user);
            form.put("password", secret);
            HttpAnswer sent = http.send("POST", url + "/api2/json/access/ticket", Map.of(), form);
            if (sent instanceof HttpAnswer.Unanswered unanswered) {
                // A login that nobody answered can be repeated.
                return Optional.of(new PveAnswer.Unreachable(false, unanswered.certificate(), unanswered.why()));
            }
            HttpAnswer.Answered answered = (HttpAnswer.Answered) sent;
            PveAnswer answer = PveAnswer.read(answered);
            if (!(answer instanceof PveAnswer.Ok)) {
                return Optional.of(answer);
            }
            JsonNode data = answer.content();
            String ticket = data.path("ticket").asText("");
            if (ticket.isEmpty()
                    || ticket.startsWith("PVE:!tfa!")
                    || data.path("NeedTFA").asInt() == 1) {
                return Optional.of(new PveAnswer.Refused(
                        401, user + " needs a second factor to log in; use an API token", Map.of()));
            }
            held = Optional.of(new Held(ticket, data.path("CSRFPreventionToken").asText(""), nanoTime.getAsLong()));
            return Optional.empty();
        }

        @Override
        public Map<String, String> headers(boolean writing) {
            Map<String, String> headers = new HashMap<>();
            held.ifPresent(valid -> {
                headers.put("Cookie", "PVEAuthCookie=" + valid.ticket().replace("\n", ""));
                if (writing) {
                    headers.put("CSRFPreventionToken", valid.csrf());
                }
            });
            return headers;
        }

        @Override
        public boolean rejected() {
            boolean had = held.isPresent();
            held = Optional.empty();
            return had;
        }
    }
}
