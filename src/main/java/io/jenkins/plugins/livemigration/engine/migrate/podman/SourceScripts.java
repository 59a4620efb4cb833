package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.join;
import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import java.util.List;
import java.util.stream.Collectors;

/** What runs on the source of a move. Everything in one script, since each command over the network costs its time. */
final class SourceScripts {
    /** Printed when the streams stand and nothing is stopped yet: the destination's script may begin to wait. */
    static final String LINKED = "linked";
    /** Printed when everything is whole at the destination, which has been told so and restores. */
    static final String HANDOVER = "handover";

    private SourceScripts() {}

    /**
     * Stops the workload and brings it over: opens the streams, closes the gate, checkpoints all containers at once, each
     * straight into its stream, and sends what changed in the volumes as soon as all processes are gone. When everything is
     * whole at the destination it notes the hand-over, and only then tells the destination's script, which waits for that
     * word (see {@link Handover}): nobody else is asked in between.
     *
     * <p>Prints {@code lmb linked|gated|dumped|synced|handover} as these happen, and afterwards {@code lmb sent BYTES},
     * {@code lmb stats NAME JSON}, or {@code lmb complaint ...}. It ends with status 0 only if it handed over.
     *
     * <p>Each container's part waits for its order at a pipe of its own, so that nothing has to be started, and nothing
     * polls, when the gate is closed.
     */
    static String stopAndSend(Move move, String checkpointOptions, Ahead ahead) {
        String streams = move.containers().stream()
                .map(facts -> stream(move, facts, checkpointOptions, ahead))
                .collect(Collectors.joining("\n"));
        // An address that is the container's own leaves the source only when Podman has tidied up.
        boolean early = ahead.filtered() && move.containers().stream().allMatch(ContainerFacts::hostNetwork);
        VolumeSync volumes = new VolumeSync(move.plan().volumes(), move.link());
        // Who has no copy of the memory does not read pages beside the archive; whether there are links to them may not
        // be known, if the connection was lost then.
        String unread = PagesBeside.withdraw(move.containers().stream()
                .filter(container -> !ahead.seeded().contains(container.name()))
                .toList());
        return move.guarded("""
                control=$PWD
                %16$s
                cd %1$s || exit 70
                complain() { echo "lmb complaint $1"; failed=yes; }
                order() { for name in %3$s; do echo "$1" > "$name.order"; done; }
                call_off() { order stop; exec 6>&-; wait; }
                failed=; streams=
                exec 7<>.arrived
                %2$s
                for name in %3$s; do
                  while [ ! -s "$name.answer" ] && [ ! -e "$name.sent" ]; do sleep 0.005; done
                  [ -s "$name.answer" ] || { call_off; complain "$name: $(tail -n 1 "$name.sending")"; exit 80; }
                done
                %11$s || { call_off; complain "the destination does not listen: $(tail -n 1 %18$s)"; exit 80; }
                echo 'lmb %12$s'
                (cd "$control" && %4$s)
                %5$s || { call_off; complain 'the gate does not close'; exit 80; }
                %19$s
                echo 'lmb gated'
                order go
                { %6$s
                } || : > leave.failed &
                leaving=$!
                for pid in %7$s; do
                  while kill -0 "$pid" 2>/dev/null && [ ! -e checkpoint.failed ]; do sleep 0.01; done
                done
                if [ ! -e checkpoint.failed ]; then
                  echo 'lmb dumped'
                  %8$s
                fi
                wait $leaving
                for name in %3$s; do read -r arrived <&7; done
                %15$s
                [ ! -e leave.failed ] || complain 'the address does not leave'
                %17$s
                if [ -z "$failed" ]; then
                  { cd "$control" && %9$s && cd %1$s && %13$s; } && echo 'lmb %10$s' || failed=yes
                fi
                %14$s
                wait
                for name in %3$s; do
                  [ ! -s "$name.stats" ] || echo "lmb stats $name $(tr -d '\\n ' < "$name.stats")"
                  sed -n 's/^bytes /lmb sent /p' "$name.answer"
                done
                [ -z "$failed" ]
                """.formatted(
                        quote(move.record().staging()),
                        streams,
                        join(move.containerNames()),
                        Scripts.stage(Stage.DUMPING),
                        move.gate().close(),
                        move.traffic().leave(),
                        move.pids(),
                        volumes.needed() ? difference(volumes) : ":",
                        Scripts.stage(Stage.HANDOVER),
                        HANDOVER,
                        Handover.open(move),
                        LINKED,
                        Handover.give(),
                        Handover.close(),
                        early ? ":" : "wait $streams",
                        unread,
                        judge(move.containerNames()),
                        Handover.COMPLAINT,
                        InnerGate.close(move)));
    }

    /**
     * Script lines, in the staging directory, that complain of every container that was not checkpointed and sent. A checkpoint
     * whose Podman is still tidying up has no status yet, or is just writing it; its archive was whole if the filter says so.
     */
    static String judge(List<String> containers) {
        return """
                why() { echo "${1:+ended with status }${1:-has not ended}"; cat "$2" 2>/dev/null; }
                for name in %s; do
                  status=; sent=
                  [ ! -e "$name.status" ] || read -r status < "$name.status"
                  [ ! -e "$name.sent" ] || read -r sent < "$name.sent"
                  [ -n "$status" ] || [ ! -e "$name.ended" ] || status=0
                  [ "$status" = 0 ] || complain "$name: $(why "$status" "$name.complaint" | tail -n 1)"
                  [ "$sent" = 0 ] || complain "$name: $( (why "$sent" "$name.filtering"; cat "$name.sending") | tail -n 1)"
                done""".formatted(join(containers));
    }

    /** Script lines, in the staging directory, that make the pipes which {@link #stopAndSend} needs. */
    static String makePipes(Iterable<String> containers) {
        StringBuilder script = new StringBuilder(Handover.makePipe());
        script.append("mkfifo .arrived || exit 70\n");
        for (String name : containers) {
            script.append("mkfifo %1$s.pipe %1$s.order || exit 70\n".formatted(quote(name)));
        }
        return script.toString();
    }

    /**
     * One container's stream: a pipe, at its far end ssh to the destination, which is connected before anything stops. The
     * shell itself holds the pipe open until the checkpoint has ended: only then does the reader see its end. Should the
     * sending fail, the pipe is read empty, or Podman (which opens it for reading, too) would wait forever; through an
     * opening of its own, since ssh leaves the one that it read from in non-blocking mode.
     */
    private static String stream(Move move, ContainerFacts facts, String checkpointOptions, Ahead ahead) {
        String name = facts.name();
        // Nothing but the end of the stream and one empty file stands between the last byte and the restore.
        String whole = quote(move.staged(name + ".whole"));
        String receive = ahead.filtered()
                ? Scripts.command("umask 077; %s && : > %s".formatted(MemoryAhead.receiver(move, ahead, name), whole))
                : "echo ready && cat > %1$s && : > %2$s && echo bytes $(wc -c < %1$s)"
                        .formatted(quote(move.staged(name + ".tar")), whole);
        String filter = ahead.filtered()
                ? "%s 2> %s.filtering 5<&- |".formatted(MemoryAhead.sender(ahead, name), quote(name))
                : "";
        return """
                ( exec 9>&-
                  exec 4<>%1$s.pipe 5< %1$s.pipe
                  { %5$s { %2$s > %1$s.answer 2> %1$s.sending 5<&-; echo $? > %1$s.sent; echo x >&7; }
                    cat <&5 > /dev/null; } < %1$s.pipe 4>&- &
                  exec 5<&-
                  read -r order < %1$s.order
                  if [ "$order" = go ]; then
                    %6$s
                    podman container checkpoint --export=%3$s %4$s --print-stats %1$s \\
                      > %1$s.stats 2> %1$s.complaint < /dev/null 4>&-
                    status=$?
                    [ $status = 0 ] || { : > checkpoint.failed; %8$s; %7$s; %9$s; }
                    echo $status > %1$s.status
                  fi
                  exec 4>&-
                  wait ) &
                streams="$streams $!"
                """.formatted(
                        quote(name),
                        move.link().ssh(receive),
                        quote(move.staged(name + ".pipe")),
                        checkpointOptions,
                        filter,
                        EarlyFreeze.freeze(facts),
                        EarlyFreeze.thaw(),
                        InnerGate.open(move, facts),
                        criuCause(facts));
    }

    /**
     * A script line, after a checkpoint that failed, that puts CRIU's own last errors in front of what Podman says, which
     * tells none. The first ones in its log may be of no consequence. It cannot fail.
     */
    private static String criuCause(ContainerFacts facts) {
        return """
                ! [ %1$s/dump.log -nt %2$s.answer ] || {
                  cause=$(sed -n 's/.*Error ([^)]*): *//p' %1$s/dump.log | tail -n 3 | tr '\\n' ';')
                  [ -z "$cause" ] || echo "CRIU: $cause $(tail -n 1 %2$s.complaint)" >> %2$s.complaint
                }""".formatted(quote(facts.directory()), quote(facts.name()));
    }

    private static String difference(VolumeSync volumes) {
        return """
                if { (cd "$control" && %s
                ); } > volumes.out 2>&1 9>&-; then echo 'lmb synced'; else complain "volumes: $(tail -n 1 volumes.out)"; fi
                sed -n 's/^Literal data/lmb volume Literal data/p' volumes.out""".formatted(volumes.difference());
    }
}
