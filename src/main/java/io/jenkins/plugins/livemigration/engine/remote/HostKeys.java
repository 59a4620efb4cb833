package io.jenkins.plugins.livemigration.engine.remote;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * Decides whether a host's key is the expected one, as the plan says, and remembers what key was offered, so that a
 * refusal can name it. Never learns a key by itself.
 */
final class HostKeys implements HostKeyRepository {
    private final HostPlan.HostKey expected;
    private final Optional<HostKeyRepository> file;
    private volatile Optional<Offered> offered = Optional.empty();

    /** A key that a host showed: its type as in {@code known_hosts}, its fingerprint as ssh-keygen prints it. */
    record Offered(String type, String fingerprint) {
        @Override
        public String toString() {
            return type + " " + fingerprint;
        }
    }

    private HostKeys(HostPlan.HostKey expected, Optional<HostKeyRepository> file) {
        this.expected = expected;
        this.file = file;
    }

    /** @throws Unreachable if the file of known hosts cannot be read */
    static HostKeys of(HostPlan.HostKey expected) throws Unreachable {
        if (!(expected instanceof HostPlan.HostKey.KnownHosts known)) {
            return new HostKeys(expected, Optional.empty());
        }
        Path path = UserFiles.resolve(known.file());
        if (!Files.isReadable(path)) {
            throw new Unreachable(Reachability.Cause.HOST_KEY_UNKNOWN, path + " does not exist or cannot be read");
        }
        try {
            JSch reader = new JSch();
            reader.setKnownHosts(path.toString());
            return new HostKeys(expected, Optional.of(reader.getHostKeyRepository()));
        } catch (JSchException unreadable) {
            throw new Unreachable(
                    Reachability.Cause.HOST_KEY_UNKNOWN, path + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** The key that the host showed last. */
    Optional<Offered> offered() {
        return offered;
    }

    @Override
    public int check(String host, byte[] key) {
        Offered shown = new Offered(type(key), fingerprint(key));
        offered = Optional.of(shown);
        if (expected instanceof HostPlan.HostKey.Fingerprint pinned) {
            return normal(pinned.sha256()).equals(shown.fingerprint()) ? OK : CHANGED;
        }
        return file.map(known -> known.check(host, key)).orElse(OK);
    }

    private static String normal(String fingerprint) {
        String bare = fingerprint.strip().replaceFirst("=+$", "");
        return bare.startsWith("SHA256:") ? bare : "SHA256:" + bare;
    }

    private static String fingerprint(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** A key's blob begins with its type, as a string with four bytes of length (RFC 4253, section 6.6). */
    private static String type(byte[] key) {
        int length = key.length < 4 ? 0 : key[3] & 0xff;
        return length == 0 || key.length < 4 + length
                ? "unknown"
                : new String(key, 4, length, StandardCharsets.US_ASCII);
    }

    @Override
    public void add(HostKey hostkey, UserInfo ui) {
        // keys are never learned: who trusts a new key says so in the file or in the plan
    }

    @Override
    public void remove(String host, String type) {
        // nor forgotten
    }

    @Override
    public void remove(String host, String type, byte[] key) {
        // nor forgotten
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return "plan";
    }

    @Override
    public HostKey[] getHostKey() {
        return file.map(HostKeyRepository::getHostKey).orElse(new HostKey[0]);
    }

    /** Lets JSch ask the host for a key of a type that is in the file. */
    @Override
    public HostKey[] getHostKey(String host, String type) {
        return file.map(known -> known.getHostKey(host, type)).orElse(new HostKey[0]);
    }
}
