package io.jenkins.plugins.livemigration.engine.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Feeds a command's standard input. */
final class InputPump {
    private static final int BYTES = 1 << 15;

    /** How far it came. */
    enum Outcome {
        /** To the end, which the command was told. */
        ALL,
        /** The command took no more. */
        NOT_WANTED,
        /** Our own side could not be read on. The command was not told that this is the end: to it, it is none. */
        UNREADABLE
    }

    private InputPump() {}

    static Outcome copy(InputStream from, OutputStream to) {
        byte[] buffer = new byte[BYTES];
        while (true) {
            int count;
            try {
                count = from.read(buffer);
            } catch (IOException unreadable) {
                return Outcome.UNREADABLE;
            }
            try {
                if (count < 0) {
                    to.close();
                    return Outcome.ALL;
                }
                to.write(buffer, 0, count);
                to.flush();
            } catch (IOException closed) {
                return Outcome.NOT_WANTED;
            }
        }
    }
}
