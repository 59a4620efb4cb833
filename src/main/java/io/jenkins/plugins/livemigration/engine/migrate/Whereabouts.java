package io.jenkins.plugins.livemigration.engine.migrate;

import io.jenkins.plugins.livemigration.engine.text.Message;

/** Where a workload is. */
public sealed interface Whereabouts {

    /** It runs on this host, and on this host only. */
    record RunningOn(String host) implements Whereabouts {}

    /** It runs nowhere, but could be brought back: stopped, or only a checkpoint is left. */
    record NotRunning(Message detail) implements Whereabouts {}

    /** It does not exist on any of the hosts. */
    record Absent(Message detail) implements Whereabouts {}

    /** It runs in more than one place. */
    record Duplicated(Message detail) implements Whereabouts {}

    /** Cannot be told now; the message says why and how to decide. */
    record Unknown(Message detail) implements Whereabouts {}
}
