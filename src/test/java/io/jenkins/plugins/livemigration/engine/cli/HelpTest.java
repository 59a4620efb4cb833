package io.jenkins.plugins.livemigration.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

class HelpTest {
    private static final Locale INDONESIAN = Locale.forLanguageTag("id");

    @Test
    void isWholeInIndonesian() {
        ResourceBundle bundle = ResourceBundle.getBundle(Main.class.getPackageName() + ".Help", INDONESIAN);
        List<String> missing = new ArrayList<>();
        CommandLine root = Main.commandLine(INDONESIAN);
        check(root.getCommandSpec(), bundle, missing);
        root.getSubcommands().values().stream()
                .filter(command -> !command.getCommandName().equals("generate-completion"))
                .forEach(command -> check(command.getCommandSpec(), bundle, missing));
        assertThat(missing).isEmpty();
    }

    @Test
    void isPrintedInTheLanguageThatWasAskedFor() {
        assertThat(Main.commandLine(INDONESIAN).getSubcommands().get("run").getUsageMessage())
                .contains("Menjalankan sebuah benchmark");
        assertThat(Main.commandLine(Locale.ENGLISH).getSubcommands().get("run").getUsageMessage())
                .contains("Runs a benchmark");
        assertThat(Main.commandLine(Locale.GERMAN).getUsageMessage()).contains("Benchmarks live migrations");
    }

    private static void check(CommandSpec command, ResourceBundle bundle, List<String> missing) {
        String name = command.qualifiedName(".");
        if (!bundle.containsKey(name + ".usage.description") && !bundle.containsKey(name + ".usage.description.0")) {
            missing.add(name + ".usage.description");
        }
        for (OptionSpec option : command.options()) {
            String key = option.longestName().replaceFirst("^-+", "");
            if (!bundle.containsKey(name + "." + key) && !bundle.containsKey(key)) {
                missing.add(name + "." + key);
            }
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            String key = parameter.paramLabel();
            if (!bundle.containsKey(name + "." + key) && !bundle.containsKey(key)) {
                missing.add(name + "." + key);
            }
        }
    }
}
