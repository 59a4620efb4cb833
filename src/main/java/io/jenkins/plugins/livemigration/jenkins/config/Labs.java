package io.jenkins.plugins.livemigration.jenkins.config;

import hudson.ExtensionList;
import hudson.model.Item;
import java.util.Optional;

/** Finds a lab for a job. */
public final class Labs {
    private Labs() {}

    /** The nearest lab of that name, whether the job may use it or not. */
    public static Optional<LabSource.Defined> find(String name, Item item) {
        return ExtensionList.lookup(LabSource.class).stream()
                .flatMap(source -> source.labsFor(item).stream())
                .filter(defined -> defined.lab().getName().equals(name))
                .findFirst();
    }
}
