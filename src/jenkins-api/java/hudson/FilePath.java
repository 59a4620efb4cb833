package hudson;

import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

public final class FilePath {
    public FilePath(VirtualChannel channel, String remote) {}

    public FilePath(File local) {}

    public <T> T act(FileCallable<T> callable) throws IOException, InterruptedException {
        return null;
    }

    public <T> Future<T> actAsync(FileCallable<T> callable) throws IOException, InterruptedException {
        return null;
    }

    public FilePath child(String name) {
        return this;
    }

    public void copyFrom(InputStream in) throws IOException, InterruptedException {}

    public Launcher createLauncher(TaskListener listener) throws IOException, InterruptedException {
        return null;
    }

    public void deleteRecursive() throws IOException, InterruptedException {}

    public String getRemote() {
        return "";
    }

    public void renameTo(FilePath target) throws IOException, InterruptedException {}

    public Computer toComputer() {
        return null;
    }

    public interface FileCallable<T> extends Serializable { T invoke(File file, VirtualChannel channel) throws IOException, InterruptedException; }
}
