package com.cloudbees.plugins.credentials;

public class CredentialsMatchers {
    private CredentialsMatchers() {}

    public static <T extends Credentials> T firstOrNull(Iterable<T> credentials, CredentialsMatcher matcher) {
        return null;
    }

    public static CredentialsMatcher instanceOf(Class<?> type) {
        return null;
    }

    public static CredentialsMatcher anyOf(CredentialsMatcher... matchers) {
        return null;
    }

    public static CredentialsMatcher withId(String id) {
        return null;
    }
}
