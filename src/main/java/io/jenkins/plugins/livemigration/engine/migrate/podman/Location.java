package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.text.Message;

/** Where the workload is, from what two hosts say. */
final class Location {
    private Location() {}

    static Whereabouts of(String home, SideInspection.Answer atHome, String other, SideInspection.Answer atOther) {
        if (atHome instanceof SideInspection.Silent silent) {
            return new Whereabouts.Unknown(Message.of("migrate/podman.silent", home, silent.why()));
        }
        if (atOther instanceof SideInspection.Silent silent) {
            return new Whereabouts.Unknown(Message.of("migrate/podman.silent", other, silent.why()));
        }
        SideReport first = ((SideInspection.Told) atHome).report();
        SideReport second = ((SideInspection.Told) atOther).report();
        boolean runsFirst = first.any(Copy.State.RUNNING);
        boolean runsSecond = second.any(Copy.State.RUNNING);
        if (runsFirst && runsSecond) {
            return new Whereabouts.Duplicated(Message.of("migrate/podman.runsTwice", home, other));
        }
        if (first.all(Copy.State.RUNNING)) {
            return new Whereabouts.RunningOn(home);
        }
        if (second.all(Copy.State.RUNNING)) {
            return new Whereabouts.RunningOn(other);
        }
        if (first.all(Copy.State.ABSENT) && second.all(Copy.State.ABSENT)) {
            return new Whereabouts.Absent(Message.of("migrate/podman.absent", home, other));
        }
        return new Whereabouts.NotRunning(Message.of("migrate/podman.notAllRun", home, other));
    }
}
