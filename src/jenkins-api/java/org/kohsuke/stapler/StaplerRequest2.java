package org.kohsuke.stapler;

public interface StaplerRequest2 {
    String getParameter(String name);
}
