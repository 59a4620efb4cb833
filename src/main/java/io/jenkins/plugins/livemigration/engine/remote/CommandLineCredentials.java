package io.jenkins.plugins.livemigration.engine.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds secrets where a person at a terminal keeps them, in this order: the environment variable
 * {@code LMB_CREDENTIAL_NAME} (the name in capitals, everything but letters and digits turned into an underscore); the
 * file NAME in {@code LMB_CREDENTIALS_DIR}, or else in {@code ~/.config/lmb/credentials}, if nobody but its owner can
 * read it; a question to the person. A value that begins like a private key is one, everything else is a password.
 *
 * <p>The passphrase of a key is found in the same places under the name with {@code .passphrase} added.
 *
 * <p>Every name is looked up, and asked for, once. Thread-safe.
 */
public final class CommandLineCredentials implements Credentials {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*");
    private static final String PASSPHRASE = ".passphrase";
    private static final String KEY = "-----BEGIN ";
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Map<String, String> environment;
    private final Path directory;
    private final Prompt prompt;
    private final Map<String, Optional<Credential>> found = new HashMap<>();
    private final Map<String, String> objections = new HashMap<>();

    /** Asks the person at the terminal. */
    @FunctionalInterface
    public interface Prompt {
        /** Asks for a secret without showing it; empty if there is nobody to ask, or nothing was entered. */
        Optional<String> ask(String name);

        /** For runs without a terminal. */
        static Prompt nobody() {
            return name -> Optional.empty();
        }
    }

    /**
     * Looks in an environment and in the directory that it names.
     *
     * @param environment as of {@link System#getenv()}
     */
    public CommandLineCredentials(Map<String, String> environment, Prompt prompt) {
        this.environment = Map.copyOf(environment);
        this.directory = Optional.ofNullable(environment.get("LMB_CREDENTIALS_DIR"))
                .filter(path -> !path.isBlank())
                .map(UserFiles::resolve)
                .orElseGet(() -> UserFiles.resolve("~/.config/lmb/credentials"));
        this.prompt = prompt;
    }

    @Override
    public synchronized Optional<Credential> find(String name) {
        Optional<Credential> known = found.get(name);
        if (known == null) {
            known = kept(name).or(() -> prompt.ask(name)).map(value -> credential(name, value));
            found.put(name, known);
        }
        return known;
    }

    @Override
    public synchronized Optional<String> objection(String name) {
        return Optional.ofNullable(objections.get(name));
    }

    private Optional<String> kept(String name) {
        Optional<String> variable = Optional.ofNullable(environment.get(variable(name)));
        return variable.isPresent() ? variable : file(name);
    }

    /** The environment variable that holds the secret of that name. */
    public static String variable(String name) {
        return "LMB_CREDENTIAL_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private Optional<String> file(String name) {
        Path file = directory.resolve(FILE_NAME.matcher(name).matches() ? name : ".");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, new LinkOption[0]);
            if (permissions.stream().anyMatch(OTHERS::contains)) {
                objections.put(name, "others than its owner may read or write " + file + " (chmod 600 it)");
                return Optional.empty();
            }
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\r?\n$", ""));
        } catch (IOException unreadable) {
            objections.put(name, file + " cannot be read");
            return Optional.empty();
        }
    }

    private Credential credential(String name, String value) {
        if (!value.stripLeading().startsWith(KEY)) {
            return new Credential.SecretText(Optional.empty(), value);
        }
        byte[] key = (value.strip() + "\n").getBytes(StandardCharsets.UTF_8);
        return new Credential.PrivateKey(Optional.empty(), key, kept(name + PASSPHRASE));
    }

    /** Where the secret of that name is looked for, for people. */
    public List<String> places(String name) {
        return List.of("$" + variable(name), directory.resolve(name).toString());
    }

    @Override
    public String toString() {
        return "CommandLineCredentials(hidden)";
    }
}
