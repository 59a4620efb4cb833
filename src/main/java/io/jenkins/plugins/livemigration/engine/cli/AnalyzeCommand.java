package io.jenkins.plugins.livemigration.engine.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalyzer;
import io.jenkins.plugins.livemigration.engine.result.ResultJson;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lmb analyze}: says what packet captures show. */
@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        description = {
            "Says what packet captures show (pcap or pcapng, also gzip): throughput, loss, delay, jitter and outages of"
                    + " every conversation, by the formulas of studies that evaluate Wireshark's tables and by the strict"
                    + " ones, side by side.",
            "docs/captures.md defines every figure."
        })
final class AnalyzeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--silence",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Shorter silences are no outages (default: 200ms).")
    private Duration silence = CaptureAnalyzer.DEFAULT_SILENCE;

    @Option(
            names = "--top",
            paramLabel = "N",
            description =
                    "How many conversations are printed, those with most bytes first (default: ${DEFAULT-VALUE}).")
    private int top = 10;

    @Option(names = "--json", description = "Prints one JSON object a file, with all conversations.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        JsonMapper mapper = ResultJson.builder().build();
        for (Path file : files) {
            CaptureAnalysis analysis;
            try {
                analysis = CaptureAnalyzer.analyze(file, silence);
            } catch (IOException unreadable) {
                spec.commandLine()
                        .getErr()
                        .println(Message.of("cli.captureUnreadable", file, String.valueOf(unreadable.getMessage()))
                                .render(locale));
                return ExitCode.BAD_PLAN.number();
            }
            if (json) {
                out.println(mapper.writeValueAsString(analysis));
            } else {
                new CaptureText(locale, top).print(out, file.toString(), analysis);
            }
            out.flush();
        }
        return ExitCode.OK.number();
    }
}
