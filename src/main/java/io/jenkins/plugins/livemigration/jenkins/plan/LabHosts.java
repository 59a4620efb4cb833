package io.jenkins.plugins.livemigration.jenkins.plan;

import hudson.ExtensionPoint;
import hudson.model.Item;
import java.util.Optional;
import java.util.Set;

/** Knows which hosts a migration lab describes. */
public interface LabHosts extends ExtensionPoint {
    /** The names of the lab's hosts; empty if there is no such lab that the item may use. */
    Optional<Set<String>> namesIn(String lab, Item item);
}
