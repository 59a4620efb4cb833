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
            secrets.set(
                    id, secret(id, run, CredentialsProvider.findCredentialById(id, StandardCredentials.class, run)));
        }
        for (var entry : plan.labCredentials().entrySet()) {
            String id = entry.getValue();
            List<StandardCredentials> seen = CredentialsProvider.lookupCredentialsInItemGroup(
                    StandardCredentials.class, home.orElseThrow(), ACL.SYSTEM2, List.of());
            secrets.set(
                    entry.getKey(),
                    secret(id, run, CredentialsMatchers.firstOrNull(seen, CredentialsMatchers.withId(id))));
        }
        return secrets;
    }

    private static ObjectNode secret(String id, Run<?, ?> run, @Nullable StandardCredentials found)
            throws AbortException {
        if (found == null) {
            throw new AbortException(Words.text("credentials.absent", id));
        }
        CredentialsProvider.track(run, found);
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
