package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.observe.Responder;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lmb probe --respond}: the other end of this program's own probes. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        description = {
            "The other end of this program's own probes: sends their datagrams back, stamps them, and says how many have"
                    + " arrived, so that each way's loss is known. A plan's oneWay probe starts it over SSH by itself, on"
                    + " a host that does not migrate; by hand it serves udp and load probes as well, also in a guest"
                    + " that migrates.",
            "Prints the port on which it listens, then a full stop now and then, and ends when nothing was asked for"
                    + " a while, or when nobody reads its output any more."
        })
final class ProbeCommand implements Callable<Integer> {
    private static final int MOST_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Option(names = "--respond", required = true, description = "Answers probes.")
    private boolean respond;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The UDP port on which it listens; 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description =
                    "The address on which it listens, and from which it answers (default: all, and the one that the"
                            + " system chooses). Needed where probes ask a floating address, or another that is not the first of"
                            + " its network here: they take no answer from elsewhere.")
    private Optional<InetAddress> address = Optional.empty();

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Ends when nothing was asked for so long (default: 10min).")
    private Duration idle = Duration.ofMinutes(10);

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (!respond) {
            return ExitCode.USAGE.number();
        }
        if (port < 0 || port > MOST_PORT) {
            err.println(Message.of("cli.portRange", port, MOST_PORT).render(common.locale()));
            return ExitCode.USAGE.number();
        }
        InetSocketAddress where =
                address.map(one -> new InetSocketAddress(one, port)).orElseGet(() -> new InetSocketAddress(port));
        try (Responder responder = new Responder(where)) {
            out.println(Responder.LISTENING + responder.port());
            out.flush();
            responder.respond(idle, () -> {
                out.println(".");
                return !out.checkError();
            });
            return ExitCode.OK.number();
        } catch (IOException broken) {
            err.println(Message.of("cli.noResponder", port, String.valueOf(broken.getMessage()))
                    .render(common.locale()));
            return ExitCode.INFRASTRUCTURE.number();
        }
    }
}
