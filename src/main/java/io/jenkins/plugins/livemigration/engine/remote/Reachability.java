package io.jenkins.plugins.livemigration.engine.remote;

import java.time.Duration;

/** Whether a host answered. */
public sealed interface Reachability {

    /** It did. */
    record Reached(Duration roundTrip) implements Reachability {}

    /** It did not, for example because its key is not the expected one. */
    record Unreached(Cause cause, String detail) implements Reachability {}

    /** Why a host could not be reached; each has its own remedy. */
    enum Cause {
        NAME_UNKNOWN,
        REFUSED,
        NO_ROUTE,
        TIMED_OUT,
        HOST_KEY_UNKNOWN,
        HOST_KEY_CHANGED,
        AUTHENTICATION,
        CREDENTIALS_MISSING,
        OTHER
    }
}
