package io.jenkins.plugins.livemigration.jenkins.step;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jspecify.annotations.Nullable;

/** Looks up the credentials that a plan names. They go to the engine on its standard input and nowhere else. */
final class Secrets {
    private Secrets() {}

    /**
     * All that a plan needs, in the form that the engine takes.
     *
     * @param home where the lab is defined, if one is used
     * @throws AbortException if one does not exist, or is of a kind that cannot be used
     */
    static ObjectNode of(PlanAssembly.Assembled.Plan plan, Run<?, ?> run, Optional<ItemGroup<?>> home)
            throws AbortException {
        ObjectNode secrets = JsonNodeFactory.instance.objectNode();
        for (String id : plan.credentials()) {
            StandardCredentials found = CredentialsProvider.findCredentialById(id, StandardCredentials.class, run);
            secrets.set(id, secret(id, found));
            track(run, found);
        }
        for (var entry : plan.labCredentials().entrySet()) {
            StandardCredentials found = inHome(entry.getValue(), home.orElseThrow());
            secrets.set(entry.getKey(), secret(entry.getValue(), found));
            track(run, found);
        }
        return secrets;
    }

    /** Those of a lab that is tried out, without a build. */
    static ObjectNode ofLab(PlanAssembly.Assembled.Plan plan, ItemGroup<?> home) throws AbortException {
        ObjectNode secrets = JsonNodeFactory.instance.objectNode();
        for (var entry : plan.labCredentials().entrySet()) {
            secrets.set(entry.getKey(), secret(entry.getValue(), inHome(entry.getValue(), home)));
        }
        return secrets;
    }

    private static @Nullable StandardCredentials inHome(String id, ItemGroup<?> home) {
        List<StandardCredentials> seen = CredentialsProvider.lookupCredentialsInItemGroup(
                StandardCredentials.class, home, ACL.SYSTEM2, List.of());
        return CredentialsMatchers.firstOrNull(seen, CredentialsMatchers.withId(id));
    }

    private static void track(Run<?, ?> run, @Nullable StandardCredentials used) {
        if (used != null) {
            CredentialsProvider.track(run, used);
        }
    }

    private static ObjectNode secret(String id, @Nullable StandardCredentials found) throws AbortException {
        if (found == null) {
            throw new AbortException(Words.text("credentials.absent", id));
        }
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        if (found instanceof SSHUserPrivateKey key) {
            secret.put("user", key.getUsername());
            secret.put("privateKey", String.join("\n", key.getPrivateKeys()));
            Secret passphrase = key.getPassphrase();
            if (passphrase != null && !passphrase.getPlainText().isEmpty()) {
                secret.put("passphrase", passphrase.getPlainText());
            }
        } else if (found instanceof StandardUsernamePasswordCredentials login) {
            secret.put("user", login.getUsername());
            secret.put("password", login.getPassword().getPlainText());
        } else if (found instanceof StringCredentials text) {
            secret.put("password", text.getSecret().getPlainText());
        } else {
            throw new AbortException(Words.text("credentials.kind", id));
        }
        return secret;
    }
}
