package io.jenkins.plugins.livemigration.jenkins.plan;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jspecify.annotations.Nullable;

/** What a form offers as credentials: in an item, or in the global configuration; to who may not choose, what is chosen. */
public final class CredentialsChoice {
    private CredentialsChoice() {}

    /** For a host: a key, or a password. */
    public static ListBoxModel ofHost(@Nullable Item item, @Nullable String current) {
        return of(
                item,
                current,
                CredentialsMatchers.anyOf(
                        CredentialsMatchers.instanceOf(SSHUserPrivateKey.class),
                        CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class),
                        CredentialsMatchers.instanceOf(StringCredentials.class)));
    }

    /** For an API: a token, or a password. */
    public static ListBoxModel ofApi(@Nullable Item item, @Nullable String current) {
        return of(
                item,
                current,
                CredentialsMatchers.anyOf(
                        CredentialsMatchers.instanceOf(StringCredentials.class),
                        CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class)));
    }

    private static ListBoxModel of(@Nullable Item item, @Nullable String current, CredentialsMatcher kinds) {
        String chosen = current == null ? "" : current;
        StandardListBoxModel model = new StandardListBoxModel();
        if (item == null) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return model.includeCurrentValue(chosen);
            }
            return model.includeEmptyValue()
                    .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, List.of(), kinds)
                    .includeCurrentValue(chosen);
        }
        if (!item.hasPermission(Item.CONFIGURE)) {
            return model.includeCurrentValue(chosen);
        }
        return model.includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, item, StandardCredentials.class, List.of(), kinds)
                .includeCurrentValue(chosen);
    }
}
