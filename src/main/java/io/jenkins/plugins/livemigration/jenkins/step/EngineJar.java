package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.FilePath;
import hudson.PluginWrapper;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import jenkins.model.Jenkins;

/** The engine that the plugin brings along, copied once to every agent and found there by its checksum. */
final class EngineJar {
    private static final String PLUGIN = "live-migration-benchmark";
    private static final String PLACE = "WEB-INF/engine/engine.jar";

    private static volatile String checksum = "";

    private EngineJar() {}

    /**
     * Puts the engine on an agent, if it is not there whole.
     *
     * @param home the plugin's folder on the agent
     * @return where it is there
     */
    static FilePath installBelow(FilePath home) throws IOException, InterruptedException {
        String wanted = checksum();
        FilePath jar = home.child("engine").child(wanted + ".jar");
        if (jar.act(new PrepareEngine(wanted))) {
            return jar;
        }
        FilePath copy = home.child("engine").child(wanted + "." + UUID.randomUUID() + ".new");
        try (InputStream in = location().openStream()) {
            copy.copyFrom(in);
        }
        copy.renameTo(jar);
        if (!jar.act(new PrepareEngine(wanted))) {
            throw new IOException(Words.text("engine.damaged", jar.getRemote()));
        }
        return jar;
    }

    private static String checksum() throws IOException {
        if (checksum.isEmpty()) {
            try (InputStream in = location().openStream()) {
                checksum = sha256(in);
            }
        }
        return checksum;
    }

    /** The checksum of a stream, which is read to its end. */
    static String sha256(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static URL location() throws IOException {
        PluginWrapper plugin = Jenkins.get().getPluginManager().getPlugin(PLUGIN);
        if (plugin == null) {
            throw new IOException(Words.text("engine.noPlugin", PLUGIN));
        }
        return new URL(plugin.baseResourceURL, PLACE);
    }
}
