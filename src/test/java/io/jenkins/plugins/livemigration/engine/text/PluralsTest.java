package io.jenkins.plugins.livemigration.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** English counts: one sample, two samples. Indonesian has one form for both. */
class PluralsTest {
    private static final Path BUNDLES = Path.of("src/main/resources/io/jenkins/plugins/livemigration");

    /** A number and what it counts, without a choice between. */
    private static final Pattern COUNTED =
            Pattern.compile("\\{\\d+} (?:(?!over|under)[a-z-]+ )?(?:builds|bursts|conversations|datagrams"
                    + "|entries|figures|frames|lines|migrations|mistakes|moves|obstacles|outages|probes|requests|rows|runs(?! on| here| with| Proxmox| \\{)|samples"
                    + "|scenarios|times|values|warm-ups|warnings|guests|nodes)\\b|\\(s\\)");

    private static final Pattern CHOICE = Pattern.compile("\\{\\d+,choice,(?:[^{}]|\\{\\d+})*}");

    /** The number is always larger: a comparison needs three builds, limits are larger than one. */
    private static final Set<String> ALWAYS_SEVERAL = Set.of(
            "worse",
            "worseButMuted",
            "slightlyWorse",
            "notWorse",
            "couldHaveEscaped",
            "confirmedAfresh",
            "confirmedInSameBoot",
            "notConfirmedAfresh",
            "notConfirmedInSameBoot",
            "confirmationWithoutValue",
            "overallPartlyInsufficient",
            "tooFewBuilds",
            "calibratedTooFew",
            "limitEachKept",
            "tooManyValues",
            "decision.tooManyPins",
            "outliers");

    @Test
    void everyCountedThingHasASingular() throws IOException {
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(BUNDLES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".properties"))
                    .filter(path -> !path.toString().endsWith("_id.properties"))
                    .toList()) {
                Properties texts = new Properties();
                try (Reader in = Files.newBufferedReader(file)) {
                    texts.load(in);
                }
                for (String key : texts.stringPropertyNames()) {
                    String outside = CHOICE.matcher(texts.getProperty(key)).replaceAll("");
                    if (!ALWAYS_SEVERAL.contains(key)
                            && COUNTED.matcher(outside).find()) {
                        wrong.add(BUNDLES.relativize(file) + " " + key + "=" + texts.getProperty(key));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            verdict/regression.overallInsufficient ~ 0,3         ~ There is no comparable build yet; from 3 on the figures are compared.
            verdict/regression.overallInsufficient ~ 1,3         ~ There is one comparable build; from 3 on the figures are compared.
            verdict/regression.overallInsufficient ~ 2,3         ~ There are 2 comparable builds; from 3 on the figures are compared.
            verdict/regression.overallNotWorse     ~ 1,5,#1      ~ The only compared figure did not get worse than in 5 builds (#1).
            verdict/regression.overallNotWorse     ~ 2,5,#1      ~ None of 2 compared figures got worse than in 5 builds (#1).
            verdict/regression.overallWorseButMuted ~ 0,5,#1,x   ~ No figure that gates got worse than in 5 builds (#1). Muted, and worse: x.
            verdict/regression.outliers            ~ a,x,1,20,3.5 ~ a: 1 of 20 values of x is an outlier (modified z-score up to 3.5). It counts like all others.
            verdict/regression.tooFewBuilds        ~ a,x,9 ms,5,0,,3 ~ a: x is compared from 3 comparable builds on; there is none. Median 9 ms (n = 5).
            verdict/regression.tooFewBuilds        ~ a,x,9 ms,5,1,#4,3 ~ a: x is compared from 3 comparable builds on; there is one (#4). Median 9 ms (n = 5).
            verdict.limitEachCrossed               ~ a,x,9 ms,5 ms,3,1,10 ~ a: 1 of 10 samples reaches the limit 5 ms of x; the worst is 9 ms (sample 3).
            verdict.limitEachKept                  ~ a,x,9 ms,5 ms,3,0,1 ~ a: the only sample keeps x within the limit 5 ms; the worst is 9 ms.
            verdict.migrationsFailed               ~ a,1,1       ~ a: 1 of 1 migration failed.
            cli.planIsGood                         ~ web,1,2     ~ The plan "web" is good: 1 scenario, 2 moves.
            cli.capture.outages                    ~ 1,5 ms      ~ One outage of 5 ms:
            engine.completed                       ~ 1,1         ~ All is done: 1 of 1 move succeeded.
            engine.stoppedAfterFailures            ~ 1,it broke  ~ The run ended after a failed move. Last cause: it broke
            observe.sessionBreaks                  ~ 1           ~ connection broken and opened anew once
            """)
    void saysOneOfOneThing(String key, String arguments, String sentence) {
        assertThat(Message.of(key, (Object[]) arguments.split(",", -1)).toString())
                .isEqualTo(sentence);
    }
}
