package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.ItemGroup;
import hudson.model.Run;
import java.util.List;
import org.springframework.security.core.Authentication;

public abstract class CredentialsProvider {
    public static <T extends IdCredentials> T findCredentialById(String id, Class<T> type, Run<?, ?> run) {
        return null;
    }

    public static <T extends Credentials> List<T> lookupCredentialsInItemGroup(Class<T> type, ItemGroup<?> group, Authentication authentication, List<DomainRequirement> requirements) {
        return null;
    }

    public static <T extends Credentials> T track(Run<?, ?> build, T credential) {
        return credential;
    }
}
