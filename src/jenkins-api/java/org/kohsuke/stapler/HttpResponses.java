package org.kohsuke.stapler;

public abstract class HttpResponses {
    public static HttpRedirect redirectTo(String url) {
        return null;
    }
}
