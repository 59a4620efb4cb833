package io.jenkins.plugins.livemigration.jenkins.config;

import hudson.Extension;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** The labs that are defined for the whole of Jenkins; as code under {@code unclassified: liveMigration: labs}. */
@Extension
@Symbol("liveMigration")
public final class MigrationLabs extends GlobalConfiguration {
    private @Nullable List<MigrationLab> labs;

    /** Called once by Jenkins: takes what was saved. */
    public MigrationLabs() {
        load();
    }

    @Override
    public String getDisplayName() {
        return Words.text("labs");
    }

    public synchronized List<MigrationLab> getLabs() {
        return labs == null ? List.of() : List.copyOf(labs);
    }

    @DataBoundSetter
    public synchronized void setLabs(@Nullable List<MigrationLab> labs) {
        this.labs = labs == null ? null : new ArrayList<>(labs);
        save();
    }
}
