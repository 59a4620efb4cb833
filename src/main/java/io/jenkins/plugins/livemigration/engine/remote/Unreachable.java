package io.jenkins.plugins.livemigration.engine.remote;

import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;

/** A connection could not be had. Holds no secret. */
final class Unreachable extends Exception {
    private static final long serialVersionUID = 1;

    private final Reachability.Cause reason;

    Unreachable(Reachability.Cause reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    Reachability.Unreached reachability() {
        return new Reachability.Unreached(reason, String.valueOf(getMessage()));
    }

    /** Sorts what JSch or the network threw. */
    static Unreachable of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Unreachable unreachable) {
                return unreachable;
            }
        }
        return new Unreachable(reason(thrown), detail(thrown));
    }

    private static Reachability.Cause reason(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (cause instanceof UnknownHostException) {
                return Reachability.Cause.NAME_UNKNOWN;
            } else if (cause instanceof SocketTimeoutException || text.contains("timed out")) {
                return Reachability.Cause.TIMED_OUT;
            } else if (cause instanceof NoRouteToHostException || text.contains("unreachable")) {
                return Reachability.Cause.NO_ROUTE;
            } else if (cause instanceof ConnectException) {
                return Reachability.Cause.REFUSED;
            } else if (cause instanceof JSchUnknownHostKeyException) {
                return Reachability.Cause.HOST_KEY_UNKNOWN;
            } else if (cause instanceof JSchChangedHostKeyException || cause instanceof JSchRevokedHostKeyException) {
                return Reachability.Cause.HOST_KEY_CHANGED;
            } else if (text.startsWith("auth fail")
                    || text.startsWith("auth cancel")
                    || text.contains("too many authentication failures")) {
                return Reachability.Cause.AUTHENTICATION;
            }
        }
        return Reachability.Cause.OTHER;
    }

    private static String detail(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String text = innermost.getMessage();
        return text == null || text.isBlank() ? innermost.getClass().getSimpleName() : text;
    }
}
