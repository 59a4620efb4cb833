package io.jenkins.plugins.livemigration.jenkins.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import java.util.List;
import jenkins.model.Jenkins;

/** The labs of the global configuration, behind those of folders. */
@Extension(ordinal = -100)
public final class GlobalLabs implements LabSource {
    @Override
    public List<Defined> labsFor(Item item) {
        return ExtensionList.lookupSingleton(MigrationLabs.class).getLabs().stream()
                .map(lab -> new Defined(lab, Jenkins.get()))
                .toList();
    }
}
