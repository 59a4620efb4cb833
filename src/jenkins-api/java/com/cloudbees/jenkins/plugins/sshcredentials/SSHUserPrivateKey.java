package com.cloudbees.jenkins.plugins.sshcredentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.util.Secret;
import java.util.List;

public interface SSHUserPrivateKey extends StandardCredentials {
    String getUsername();

    Secret getPassphrase();

    List<String> getPrivateKeys();
}
