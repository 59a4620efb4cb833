package io.jenkins.plugins.livemigration.jenkins.config;

import hudson.ExtensionList;
import hudson.model.Item;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;

/** Finds a lab for a job. */
public final class Labs {
    private Labs() {}

    /** The saved lab of that name that is defined on a folder; without one, in the global configuration. */
    static Optional<LabSource.Defined> defined(String name, @Nullable Item folder) {
        Stream<LabSource.Defined> labs = folder == null
                ? ExtensionList.lookupSingleton(MigrationLabs.class).getLabs().stream()
                        .map(lab -> new LabSource.Defined(lab, Jenkins.get()))
                : ExtensionList.lookup(LabSource.class).stream().flatMap(source -> source.labsOn(folder).stream());
        return labs.filter(one -> one.lab().getName().equals(name)).findFirst();
    }

    /** The labs that a job may use, the nearest first; of those with one name only the nearest can be meant. */
    public static List<LabSource.Defined> usable(Item item) {
        Set<String> seen = new HashSet<>();
        return ExtensionList.lookup(LabSource.class).stream()
                .flatMap(source -> source.labsFor(item).stream())
                .filter(defined -> seen.add(defined.lab().getName()))
                .filter(defined -> defined.lab().allows(item.getFullName()))
                .toList();
    }

    /** The nearest lab of that name, whether the job may use it or not. */
    public static Optional<LabSource.Defined> find(String name, Item item) {
        return ExtensionList.lookup(LabSource.class).stream()
                .flatMap(source -> source.labsFor(item).stream())
                .filter(defined -> defined.lab().getName().equals(name))
                .findFirst();
    }
}
