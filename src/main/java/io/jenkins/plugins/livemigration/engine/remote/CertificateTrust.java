package io.jenkins.plugins.livemigration.engine.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Makes a client verify certificates in one of the ways of {@link HttpTrust}. */
final class CertificateTrust {
    private CertificateTrust() {}

    static void apply(HttpTrust trust, OkHttpClient.Builder client) {
        try {
            if (trust instanceof HttpTrust.OwnAuthority own) {
                use(client, authority(own.pem()));
            } else if (trust instanceof HttpTrust.Pinned pinned) {
                use(client, new LeafTrust(plain(pinned.sha256())));
                client.hostnameVerifier((host, session) -> true);
            } else if (trust instanceof HttpTrust.Unverified) {
                use(client, new NoTrust());
                client.hostnameVerifier((host, session) -> true);
            }
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new IllegalArgumentException(
                    "no certificate of an authority: " + unreadable.getMessage(), unreadable);
        }
    }

    private static void use(OkHttpClient.Builder client, X509TrustManager trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        client.sslSocketFactory(context.getSocketFactory(), trust);
    }

    private static X509TrustManager authority(String pem) throws GeneralSecurityException, IOException {
        Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        if (certificates.isEmpty()) {
            throw new CertificateException("the text holds none");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("authority-" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new CertificateException("Java has no trust manager for X.509"));
    }

    private static Set<String> plain(Set<String> fingerprints) {
        return fingerprints.stream()
                .map(text -> text.replace(":", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The server's own certificate is one of a few known ones. */
    private record LeafTrust(Set<String> sha256) implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            try {
                String found = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded()));
                if (!sha256.contains(found)) {
                    throw new CertificateException("the server's certificate has the fingerprint "
                            + HexFormat.ofDelimiter(":")
                                    .withUpperCase()
                                    .formatHex(HexFormat.of().parseHex(found))
                            + ", which is not pinned");
                }
            } catch (java.security.NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java has SHA-256", impossible);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("clients are not verified here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Trusts everybody: only where the plan asks for it with a reason, which every run's log repeats. */
    private static final class NoTrust implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // nothing is verified
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("clients are not verified here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
