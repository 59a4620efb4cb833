package io.jenkins.plugins.livemigration.jenkins.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Labs that are defined on a folder, for what is in it. Needs the folders plugin. */
public final class FolderLabs extends AbstractFolderProperty<AbstractFolder<?>> {
    private @Nullable List<MigrationLab> labs;

    @DataBoundConstructor
    public FolderLabs() {}

    public List<MigrationLab> getLabs() {
        return labs == null ? List.of() : List.copyOf(labs);
    }

    @DataBoundSetter
    public void setLabs(@Nullable List<MigrationLab> labs) {
        this.labs = labs == null ? null : new ArrayList<>(labs);
    }

    /** Makes it known to folders. */
    @Extension(optional = true)
    @Symbol("liveMigrationLabs")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Words.text("labs");
        }
    }

    /** Finds the labs of the folders around an item. */
    @Extension(optional = true)
    public static final class Source implements LabSource {
        @Override
        public List<Defined> labsFor(Item item) {
            List<Defined> found = new ArrayList<>();
            ItemGroup<?> group = item.getParent();
            while (group instanceof AbstractFolder<?> folder) {
                found.addAll(of(folder));
                group = folder.getParent();
            }
            return found;
        }

        @Override
        public List<Defined> labsOn(Item item) {
            return item instanceof AbstractFolder<?> folder ? of(folder) : List.of();
        }

        private static List<Defined> of(AbstractFolder<?> folder) {
            FolderLabs labs = folder.getProperties().get(FolderLabs.class);
            return labs == null
                    ? List.of()
                    : labs.getLabs().stream()
                            .map(lab -> new Defined(lab, folder))
                            .toList();
        }
    }
}
