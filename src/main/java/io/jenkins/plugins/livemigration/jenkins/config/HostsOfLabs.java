package io.jenkins.plugins.livemigration.jenkins.config;

import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.livemigration.jenkins.plan.LabHosts;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells the steps' forms which hosts a lab describes. */
@Extension
public final class HostsOfLabs implements LabHosts {
    @Override
    public Optional<Set<String>> namesIn(String lab, Item item) {
        return Labs.find(lab, item)
                .map(LabSource.Defined::lab)
                .filter(found -> found.allows(item.getFullName()))
                .map(found -> found.getHosts().stream().map(LabHost::getName).collect(Collectors.toSet()));
    }
}
