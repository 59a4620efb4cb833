package io.jenkins.plugins.livemigration.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;

/** What a form offers as credentials. */
final class CredentialsChoice {
    private CredentialsChoice() {}

    /** The choice in an item, or in the global configuration; to who may not choose, only what is chosen. */
    static ListBoxModel of(@Nullable Item item, @Nullable String current) {
        String chosen = current == null ? "" : current;
        StandardListBoxModel model = new StandardListBoxModel();
        if (item == null) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return model.includeCurrentValue(chosen);
            }
            return model.includeEmptyValue()
                    .includeMatchingAs(
                            ACL.SYSTEM2,
                            Jenkins.get(),
                            StandardCredentials.class,
                            List.of(),
                            CredentialsMatchers.instanceOf(StandardCredentials.class))
                    .includeCurrentValue(chosen);
        }
        if (!item.hasPermission(Item.CONFIGURE)) {
            return model.includeCurrentValue(chosen);
        }
        return model.includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2,
                        item,
                        StandardCredentials.class,
                        List.of(),
                        CredentialsMatchers.instanceOf(StandardCredentials.class))
                .includeCurrentValue(chosen);
    }
}
