package hudson.model;

import hudson.remoting.VirtualChannel;
import java.util.concurrent.ExecutorService;

public abstract class Computer extends Actionable {
    public static final ExecutorService threadPoolForRemoting = null;

    public abstract VirtualChannel getChannel();

    public Node getNode() {
        return null;
    }
}
