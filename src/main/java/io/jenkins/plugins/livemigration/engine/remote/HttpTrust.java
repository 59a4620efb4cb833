package io.jenkins.plugins.livemigration.engine.remote;

import java.util.Set;

/** How an HTTPS server's certificate is verified. */
public sealed interface HttpTrust {
    /** By what Java trusts, for the server's name. */
    record PublicAuthorities() implements HttpTrust {}

    /**
     * By an authority of one's own, for the server's name.
     *
     * @param pem its certificate, or several
     */
    record OwnAuthority(String pem) implements HttpTrust {}

    /**
     * The server's own certificate is one of these, whatever name and date it has.
     *
     * @param sha256 fingerprints in hexadecimal digits, with or without colons
     */
    record Pinned(Set<String> sha256) implements HttpTrust {
        public Pinned {
            sha256 = Set.copyOf(sha256);
        }
    }

    /** Not at all: for whoever asked for exactly this. */
    record Unverified() implements HttpTrust {}
}
