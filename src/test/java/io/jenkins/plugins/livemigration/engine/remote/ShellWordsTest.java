package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ShellWordsTest {

    @Property
    void aQuotedWordReachesTheCommandUnchanged(@ForAll("hostileWords") String word) throws Exception {
        assertThat(shell("printf %s " + ShellWords.quote(word))).isEqualTo(word);
    }

    @Property
    void joinedWordsStayApart(@ForAll("hostileLists") List<String> words) throws Exception {
        List<String> command = new ArrayList<>(List.of("printf", "%s|"));
        command.addAll(words);
        String expected = words.isEmpty() ? "|" : String.join("|", words) + "|";
        assertThat(shell(ShellWords.join(command))).isEqualTo(expected);
    }

    @Property
    void aWordQuotedTwiceSurvivesTwoShells(@ForAll("hostileWords") String word) throws Exception {
        String inner = "printf %s " + ShellWords.quote(word);
        assertThat(shell("sh -c " + ShellWords.quote(inner))).isEqualTo(word);
    }

    @Test
    void leavesHarmlessWordsReadable() {
        assertThat(ShellWords.join("rsync", "-a", "/var/lib/x", "root@10.0.0.2:/var/lib/x"))
                .isEqualTo("rsync -a /var/lib/x root@10.0.0.2:/var/lib/x");
    }

    @Test
    void quotesTheEmptyWordAndAssignments() {
        assertThat(ShellWords.join("", "A=b", "~", "!x")).isEqualTo("'' 'A=b' '~' '!x'");
    }

    @Test
    void refusesNul() {
        assertThatThrownBy(() -> ShellWords.quote("a\0b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NUL at index 1");
    }

    @Test
    void refusesHalfOfASurrogatePair() {
        assertThatThrownBy(() -> ShellWords.quote("a\ud83d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate");
    }

    @Provide
    static Arbitrary<String> hostileWords() {
        Arbitrary<String> nasty = Arbitraries.of(
                "",
                "'",
                "''",
                "'\\''",
                "\"",
                "\\",
                "\\\\",
                "$HOME",
                "$(id)",
                "`id`",
                "${IFS}",
                "*",
                "?",
                "[a-z]*",
                "~",
                "~root",
                "-rf",
                "--",
                "-n",
                "a b",
                " ",
                "\t",
                "\n",
                "\r\n",
                "a\n'b\n",
                ";reboot",
                "&",
                "&&",
                "||",
                "|",
                ">x",
                "<x",
                "#",
                "!",
                "!!",
                "{a,b}",
                "(",
                ")",
                "=",
                "A=b",
                "%s",
                "%n",
                "\\n",
                "\\0",
                "é",
                "名前",
                "\ud83d\ude80",
                "\u0001",
                "\u001b[31m",
                "\u007f",
                "\u00a0",
                "\u2028",
                "\ufeff");
        Arbitrary<String> any =
                Arbitraries.strings().withCharRange('\u0001', '\ud7ff').ofMaxLength(60);
        return Arbitraries.oneOf(nasty, any, nasty.list().ofMaxSize(6).map(parts -> String.join("", parts)));
    }

    @Provide
    static Arbitrary<List<String>> hostileLists() {
        return hostileWords().list().ofMaxSize(6);
    }

    private static String shell(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code").isZero();
        return output;
    }
}
