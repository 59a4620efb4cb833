package org.kohsuke.stapler;

public abstract class HttpResponses {
    public static HttpRedirect redirectTo(String url) {
        return null;
    }

    public static HttpResponseException ok() {
        return null;
    }

    public static HttpResponseException forbidden() {
        return null;
    }

    public abstract static class HttpResponseException extends RuntimeException implements HttpResponse {}
}
