package io.jenkins.plugins.livemigration.jenkins.plan;

import hudson.model.Item;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;

/** Who is told something by a form. */
public final class FormAccess {
    private FormAccess() {}

    /** Who may configure the item; without one, who administers Jenkins. */
    public static boolean mayConfigure(@Nullable Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }
}
