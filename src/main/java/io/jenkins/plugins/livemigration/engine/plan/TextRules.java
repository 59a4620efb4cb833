package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What texts of a plan may look like. Each rule is repeated in the JSON Schema where a schema can express it. */
final class TextRules {
    /** A rule: empty if the text keeps it. */
    @FunctionalInterface
    interface TextRule {
        Optional<Fault> check(String text);
    }

    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
    private static final Pattern HIDDEN_BUT_LINES = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

    /** Names of benchmarks, scenarios and categories: shown to people, used in files. */
    static final TextRule TITLE = text -> {
        boolean right = text.codePointCount(0, text.length()) <= 100
                && text.strip().equals(text)
                && !text.contains("/")
                && !text.contains("\\")
                && !HIDDEN.matcher(text).find();
        return right ? Optional.empty() : Optional.of(fault("plan.notTitle", text, "plan.writeTitle"));
    };

    /** Names of hosts and probes. */
    static final TextRule NAME = matching("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "plan.notName", "plan.writeName");

    /** Podman's own rule, and its limit for a host name. */
    static final TextRule CONTAINER =
            matching("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}", "plan.notContainer", "plan.writeContainer");

    /** A host name or an address. */
    static final TextRule ADDRESS =
            matching("[A-Za-z0-9_:][A-Za-z0-9_.:%-]{0,252}", "plan.notAddress", "plan.writeAddress");

    static final TextRule USER = matching("[A-Za-z0-9_][A-Za-z0-9_.@+\\\\-]{0,63}", "plan.notUser", "plan.writeUser");

    static final TextRule CREDENTIALS =
            matching("[A-Za-z0-9_.-]{1,128}", "plan.notCredentials", "plan.writeCredentials");

    static final TextRule FINGERPRINT =
            matching("SHA256:[A-Za-z0-9+/]{43}=?", "plan.notFingerprint", "plan.writeFingerprint");

    /** SHA-256 of a certificate. */
    static final TextRule CERTIFICATE_FINGERPRINT = matching(
            "[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){31}",
            "plan.notCertificateFingerprint", "plan.writeCertificateFingerprint");

    /** A user of Proxmox VE with the realm. */
    static final TextRule PVE_USER =
            matching("[^\\s:/@!]{1,60}@[A-Za-z][A-Za-z0-9._-]{1,31}", "plan.notPveUser", "plan.writePveUser");

    /** A storage of Proxmox VE, or a map from storages to storages. */
    static final TextRule STORAGE = matching(
            "1|[A-Za-z][A-Za-z0-9._-]{0,98}[A-Za-z0-9](:[A-Za-z][A-Za-z0-9._-]{0,98}[A-Za-z0-9]"
                    + "(,[A-Za-z][A-Za-z0-9._-]{0,98}[A-Za-z0-9]:[A-Za-z][A-Za-z0-9._-]{0,98}[A-Za-z0-9]){0,30})?",
            "plan.notStorage",
            "plan.writeStorage");

    static final TextRule DEVICE = matching("[A-Za-z0-9][A-Za-z0-9_.:@-]{0,14}", "plan.notDevice", "plan.writeDevice");

    /** An address with its prefix length. */
    static final TextRule ADDRESS_WITH_PREFIX = matching(
            "(([0-9]{1,3}\\.){3}[0-9]{1,3}/([0-9]|[12][0-9]|3[0-2])"
                    + "|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]))",
            "plan.notAddressWithPrefix", "plan.writeAddressWithPrefix");

    /** A directory on a host: absolute, below the root, and nothing that leads elsewhere. */
    static final TextRule DIRECTORY = text -> {
        boolean right = text.startsWith("/")
                && text.length() > 1
                && text.length() <= 1000
                && !("/" + text + "/").contains("/../")
                && !HIDDEN.matcher(text).find();
        return right ? Optional.empty() : Optional.of(fault("plan.notDirectory", text, "plan.writeDirectory"));
    };

    /** A path on this machine. */
    static final TextRule PATH = text -> {
        boolean right = text.length() <= 1000 && !HIDDEN.matcher(text).find();
        return right ? Optional.empty() : Optional.of(fault("plan.notPath", text, "plan.writePath"));
    };

    /** A shell command, of one line or many. */
    static final TextRule COMMAND = text -> {
        boolean right =
                text.length() <= 10_000 && !HIDDEN_BUT_LINES.matcher(text).find();
        return right ? Optional.empty() : Optional.of(fault("plan.notCommand", text, "plan.writeCommand"));
    };

    /** Any single line. */
    static final TextRule LINE = text -> {
        boolean right = text.length() <= 500 && !HIDDEN.matcher(text).find();
        return right ? Optional.empty() : Optional.of(fault("plan.notLine", text, "plan.writeLine"));
    };

    /** An http or https URL without a user in it. */
    static final TextRule URL = text -> {
        try {
            URI uri = new URI(text);
            if (uri.getRawUserInfo() != null) {
                return Optional.of(new Fault(Message.of("plan.userInUrl"), Message.of("plan.removeUserFromUrl")));
            }
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && text.length() <= 2000) {
                return Optional.empty();
            }
        } catch (URISyntaxException noUrl) {
            return Optional.of(fault("plan.notUrl", text, "plan.writeUrl"));
        }
        return Optional.of(fault("plan.notUrl", text, "plan.writeUrl"));
    };

    /** Of an API: https, and nothing behind host and port. */
    static final TextRule API_URL = text -> {
        Optional<Fault> fault = URL.check(text);
        if (fault.isPresent()) {
            return fault;
        }
        return text.matches("(?i:https)://[^/?#]+/?")
                ? Optional.empty()
                : Optional.of(fault("plan.notApiUrl", text, "plan.writeApiUrl"));
    };

    static final TextRule REGULAR_EXPRESSION = text -> {
        try {
            Pattern.compile(text);
            return LINE.check(text);
        } catch (PatternSyntaxException broken) {
            return Optional.of(new Fault(
                    Message.of("plan.notRegex", Faults.shown(text), Faults.shown(broken.getDescription())),
                    Message.of("plan.writeRegex")));
        }
    };

    private TextRules() {}

    private static TextRule matching(String pattern, String fault, String remedy) {
        Pattern compiled = Pattern.compile(pattern);
        return text -> compiled.matcher(text).matches() ? Optional.empty() : Optional.of(fault(fault, text, remedy));
    }

    private static Fault fault(String fault, String text, String remedy) {
        return new Fault(Message.of(fault, Faults.shown(text)), Message.of(remedy));
    }
}
