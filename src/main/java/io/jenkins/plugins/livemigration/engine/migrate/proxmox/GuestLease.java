package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps the lease in a line of the guest's own notes (its {@code description}): there all who may move the guest see it, in
 * the web interface too, and it moves with the guest. The configuration's digest makes taking it atomic. Expiry goes by the
 * clock of the API's nodes.
 *
 * <p>While the guest migrates its configuration is locked: then nobody can take or prolong a lease, and that protects it as
 * well as the lease does.
 */
final class GuestLease implements LeaseStore {
    private static final Pattern LINE =
            Pattern.compile("lmb-lease token=(\\S{1,64}) expires=(\\S{1,40}) owner=(.{0,200})");
    private static final int ATTEMPTS = 5;
    /**
     * What a lease is kept longer than it was asked for: after a migration that took long its holder prolongs it at once,
     * but not before the lock is gone.
     */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final PveApi api;
    private final Guest guest;
    private final GuestPlace place;
    private volatile Optional<Held> held = Optional.empty();
    private volatile Duration lastValidity = Duration.ZERO;

    GuestLease(PveApi api, Guest guest) {
        this.api = api;
        this.guest = guest;
        this.place = new GuestPlace(api, guest);
    }

    /** The guest's notes, as they were read. */
    private record Notes(String node, String text, String digest, String lock, Instant now) {
        Optional<Matcher> lease() {
            return text.lines().map(LINE::matcher).filter(Matcher::matches).findFirst();
        }

        String without() {
            return text.lines().filter(line -> !LINE.matcher(line).matches()).collect(Collectors.joining("\n"));
        }

        Optional<Holder> holder(int vmid) {
            return lease().map(line -> {
                Optional<Instant> expires = instant(line.group(2));
                return new Holder(
                        "notes of guest " + vmid + " on " + node,
                        line.group(3),
                        expires,
                        expires.filter(end -> end.isAfter(now)).isEmpty());
            });
        }

        private static Optional<Instant> instant(String text) {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeException edited) {
                return Optional.empty();
            }
        }
    }

    /** What could not be done, and why. */
    private static final class Obstacle extends Exception {
        private static final long serialVersionUID = 1;

        Obstacle(String why) {
            super(why);
        }
    }

    @Override
    public Attempt acquire(String owner, Duration validity) throws InterruptedException {
        String token = UUID.randomUUID().toString();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Notes notes = read();
                Optional<Holder> holder = notes.holder(guest.vmid());
                boolean ours = notes.lease()
                        .filter(line -> line.group(1).equals(token))
                        .isPresent();
                if (!ours && holder.isPresent() && !holder.get().expired()) {
                    return new Refused(holder.get());
                }
                if (!notes.lock().isEmpty()) {
                    return new Impossible("the guest is locked (" + notes.lock() + ")");
                }
                if (ours
                        || write(
                                notes,
                                line(token, owner, notes.now().plus(validity).plus(GRACE)))) {
                    Held taken = new Held(token);
                    held = Optional.of(taken);
                    lastValidity = validity;
                    return taken;
                }
            }
            return new Impossible("the guest's configuration changes all the time");
        } catch (Obstacle obstacle) {
            return new Impossible(String.valueOf(obstacle.getMessage()));
        }
    }

    @Override
    public boolean renew(Held lease, Duration validity) throws InterruptedException {
        lastValidity = validity;
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Notes notes = read();
                Optional<Matcher> line =
                        notes.lease().filter(found -> found.group(1).equals(lease.token()));
                if (line.isEmpty()) {
                    return false;
                }
                Instant expires = notes.now().plus(validity).plus(GRACE);
                if (!notes.lock().isEmpty()
                        || write(notes, line(lease.token(), line.get().group(3), expires))) {
                    return true;
                }
            }
        } catch (Obstacle unreachableNow) {
            return true;
        }
        return true;
    }

    /** After a migration, during which it could not be prolonged. */
    void renewAfterMove() throws InterruptedException {
        if (held.isPresent()) {
            renew(held.get(), lastValidity);
        }
    }

    @Override
    public Optional<String> release(Held lease) throws InterruptedException {
        held = Optional.empty();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Notes notes = read();
                if (notes.lease()
                                .filter(line -> line.group(1).equals(lease.token()))
                                .isEmpty()
                        || write(notes, "")) {
                    return Optional.empty();
                }
            }
            return Optional.of("the guest's configuration changes all the time");
        } catch (Obstacle obstacle) {
            return Optional.of(String.valueOf(obstacle.getMessage()));
        }
    }

    @Override
    public List<Holder> holders() throws InterruptedException {
        try {
            return read().holder(guest.vmid()).map(List::of).orElse(List.of());
        } catch (Obstacle unreachable) {
            return List.of();
        }
    }

    @Override
    public List<Holder> breakLease() throws InterruptedException {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Notes notes = read();
                Optional<Holder> holder = notes.holder(guest.vmid());
                if (holder.isEmpty() || write(notes, "")) {
                    return holder.map(List::of).orElse(List.of());
                }
            }
        } catch (Obstacle unreachable) {
            return List.of();
        }
        return List.of();
    }

    private Notes read() throws InterruptedException, Obstacle {
        String node = place.node()
                .orElseThrow(() -> new Obstacle("the cluster shows no guest " + guest.vmid() + " to " + api.caller()));
        PveAnswer config = api.get(guest.path(node) + "/config");
        if (!(config instanceof PveAnswer.Ok)) {
            throw new Obstacle(config.complaint());
        }
        JsonNode data = config.content();
        return new Notes(
                node,
                data.path("description").asText(""),
                data.path("digest").asText(""),
                data.path("lock").asText(""),
                api.now());
    }

    /** Writes the notes with that line; false if somebody else wrote meanwhile. */
    private boolean write(Notes notes, String line) throws InterruptedException, Obstacle {
        String rest = notes.without();
        String text = line.isEmpty() ? rest : rest.isEmpty() ? line : rest + "\n" + line;
        Map<String, String> form = new LinkedHashMap<>();
        if (text.isEmpty()) {
            form.put("delete", "description");
        } else {
            form.put("description", text);
        }
        form.put("digest", notes.digest());
        PveAnswer answer = api.put(guest.path(notes.node()) + "/config", form);
        if (answer instanceof PveAnswer.Ok) {
            return true;
        }
        if (answer.complaint().contains("detected modified configuration")
                || (answer instanceof PveAnswer.Unreachable unreachable && unreachable.maybeDone())) {
            return false;
        }
        throw new Obstacle(answer.complaint());
    }

    private static String line(String token, String owner, Instant expires) {
        String shown = owner.replaceAll("\\p{Cntrl}", " ");
        return "lmb-lease token=" + token + " expires=" + expires + " owner="
                + shown.substring(0, Math.min(200, shown.length()));
    }
}
