package io.jenkins.plugins.livemigration.jenkins.config;

import hudson.Extension;
import hudson.XmlFile;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

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

    /** Under the names that stay, where Jenkins' own choice would write the classes'. */
    @Override
    protected XmlFile getConfigFile() {
        return new XmlFile(Jenkins.XSTREAM2, new File(Jenkins.get().getRootDir(), getId() + ".xml"));
    }

    /** Of a form from which the last lab was removed the key is absent, too, and then nobody calls the setter. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        if (form.opt("labs") == null) {
            setLabs(null);
        }
        return super.configure(request, form);
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
