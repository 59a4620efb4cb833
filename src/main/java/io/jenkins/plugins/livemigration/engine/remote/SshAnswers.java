package io.jenkins.plugins.livemigration.engine.remote;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Answers a host's questions with the password, once for each way of asking, so that no account is locked. */
final class SshAnswers implements UserInfo, UIKeyboardInteractive {
    private final Optional<String> password;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicBoolean askedInteractively = new AtomicBoolean();

    SshAnswers(Optional<String> password) {
        this.password = password;
    }

    @Override
    public @Nullable String getPassword() {
        return password.orElse(null);
    }

    @Override
    public boolean promptPassword(String message) {
        return password.isPresent() && asked.compareAndSet(false, true);
    }

    @Override
    public String @Nullable [] promptKeyboardInteractive(
            String destination, String name, String instruction, String[] prompt, boolean[] echo) {
        if (prompt.length == 0) {
            return new String[0];
        }
        if (password.isEmpty() || prompt.length > 1 || echo[0] || !askedInteractively.compareAndSet(false, true)) {
            return null;
        }
        String[] answers = new String[prompt.length];
        Arrays.fill(answers, password.get());
        return answers;
    }

    @Override
    public @Nullable String getPassphrase() {
        return null;
    }

    @Override
    public boolean promptPassphrase(String message) {
        return false;
    }

    @Override
    public boolean promptYesNo(String message) {
        return false;
    }

    @Override
    public void showMessage(String message) {
        // a host's banner is nobody's business here
    }
}
