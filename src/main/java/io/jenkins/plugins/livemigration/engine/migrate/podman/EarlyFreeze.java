package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

/**
 * Freezes a container's cgroup as soon as its gate is closed, ahead of CRIU. CRIU writes to {@code cgroup.freeze}, looks at
 * once whether all processes have stopped, and if one has not (they need some microseconds) sleeps 100 ms before it looks
 * again: {@code step_ms} in freeze_processes() of CRIU's criu/seize.c. It finds a cgroup that is frozen already as it wants
 * it, seizes the processes and thaws it, so the checkpoint knows nothing of this.
 *
 * <p>The freezing ends by itself: a process of its own thaws the cgroup after {@value #SECONDS} seconds whatever becomes of the
 * migration and its connection, so that a container whose checkpoint never came goes on. To thaw one that CRIU has dumped, or is
 * dumping, changes nothing: CRIU holds its processes by ptrace then.
 *
 * <p>Only with cgroups v2, and only where the processes are in the container's own cgroup, as runc and crun place them; where
 * there is another one in between (a runtime that delegates), CRIU freezes as it does.
 */
final class EarlyFreeze {
    private static final int SECONDS = 3;

    private EarlyFreeze() {}

    /**
     * Script lines that freeze the container and leave the file to do it with in {@code $freezer}, empty if there is none.
     * They cannot fail.
     */
    static String freeze(ContainerFacts container) {
        // Neither the pipes' descriptors nor the staging directory may be held by the process that thaws.
        return """
                freezer=/sys/fs/cgroup$(sed -n 's/^0:://p' /proc/%1$s/cgroup 2>/dev/null)/cgroup.freeze
                case $freezer in
                  *%2$s/cgroup.freeze | *%2$s.scope/cgroup.freeze)
                    ( cd / && setsid sh -c 'sleep %3$s; echo 0 > "$1"' thaw "$freezer" \\
                        < /dev/null > /dev/null 2>&1 4>&- 6>&- 7>&- & )
                    echo 1 2>/dev/null > "$freezer" || freezer= ;;
                  *) freezer= ;;
                esac""".formatted(container.pid(), quote(container.id()), SECONDS);
    }

    /** A script line that thaws it at once, after a checkpoint that failed. It cannot fail. */
    static String thaw() {
        return "[ -z \"$freezer\" ] || echo 0 2>/dev/null > \"$freezer\" || :";
    }
}
