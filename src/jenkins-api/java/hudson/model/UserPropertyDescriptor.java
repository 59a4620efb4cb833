package hudson.model;

import hudson.model.userproperty.UserPropertyCategory;

public abstract class UserPropertyDescriptor extends Descriptor<UserProperty> {
    protected UserPropertyDescriptor() {}

    public abstract UserProperty newInstance(User user);

    public UserPropertyCategory getUserPropertyCategory() {
        return null;
    }
}
