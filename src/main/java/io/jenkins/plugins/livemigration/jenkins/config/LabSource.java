package io.jenkins.plugins.livemigration.jenkins.config;

import hudson.ExtensionPoint;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.List;

/** A place where labs are defined. */
public interface LabSource extends ExtensionPoint {
    /** The labs that can be seen from an item, the nearest first. */
    List<Defined> labsFor(Item item);

    /** The labs that are defined on an item itself, which is a folder then. */
    default List<Defined> labsOn(Item item) {
        return List.of();
    }

    /** A lab, and where its credentials are looked up: where it is defined, not where it is used. */
    final class Defined {
        private final MigrationLab lab;
        private final ItemGroup<?> home;

        /** A lab that is defined there. */
        public Defined(MigrationLab lab, ItemGroup<?> home) {
            this.lab = lab;
            this.home = home;
        }

        /** The lab. */
        public MigrationLab lab() {
            return lab;
        }

        /** Jenkins itself, or a folder. */
        public ItemGroup<?> home() {
            return home;
        }
    }
}
