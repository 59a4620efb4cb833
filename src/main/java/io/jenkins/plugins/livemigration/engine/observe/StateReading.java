package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.text.Message;

/** What came of reading the workload's own state. */
public sealed interface StateReading {

    /** It was read. */
    record Value(String text) implements StateReading {}

    /** It could not be read. */
    record Unreadable(Message why) implements StateReading {}
}
