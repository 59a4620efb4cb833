package io.jenkins.plugins.livemigration;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the packaged plugin. Runs after packaging. */
@Tag("package")
class PluginArchiveTest {
    private static final Path ARCHIVE = Path.of("target", "live-migration-benchmark.hpi");
    private static final String OURS = "io.jenkins.plugins.livemigration.";
    private static final String CLASSES = "WEB-INF/lib/live-migration-benchmark.jar";

    @BeforeAll
    static void thereIsAnArchive() {
        assertThat(ARCHIVE).as("run mvn package first").exists();
    }

    @Test
    void holdsTheClassesTheEngineTheLicenceAndTheLibrariesThatNoPluginBrings() throws IOException {
        try (JarFile archive = new JarFile(ARCHIVE.toFile())) {
            List<String> names = archive.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .map(name -> name.replaceAll("-[0-9.]+\\.jar$", ".jar"))
                    .toList();
            assertThat(names)
                    .filteredOn(name -> name.startsWith("WEB-INF/") || name.startsWith("META-INF/"))
                    .containsExactlyInAnyOrder(
                            "META-INF/MANIFEST.MF",
                            "META-INF/LICENSE",
                            "WEB-INF/engine/engine.jar",
                            CLASSES,
                            "WEB-INF/lib/commons-numbers-arrays.jar",
                            "WEB-INF/lib/commons-numbers-combinatorics.jar",
                            "WEB-INF/lib/commons-numbers-core.jar",
                            "WEB-INF/lib/commons-numbers-fraction.jar",
                            "WEB-INF/lib/commons-numbers-gamma.jar",
                            "WEB-INF/lib/commons-numbers-rootfinder.jar",
                            "WEB-INF/lib/commons-rng-client-api.jar",
                            "WEB-INF/lib/commons-rng-sampling.jar",
                            "WEB-INF/lib/commons-statistics-descriptive.jar",
                            "WEB-INF/lib/commons-statistics-distribution.jar",
                            "WEB-INF/lib/commons-statistics-inference.jar",
                            "WEB-INF/lib/commons-statistics-ranking.jar",
                            "WEB-INF/lib/snakeyaml-engine.jar");
        }
    }

    @Test
    void theJarOfClassesHasTheIndexesTheFrontPageAndNothingOfJenkinsItself() throws IOException {
        try (JarFile archive = new JarFile(ARCHIVE.toFile());
                JarInputStream classes = new JarInputStream(archive.getInputStream(archive.getEntry(CLASSES)))) {
            List<String> names = Stream.generate(() -> next(classes))
                    .takeWhile(name -> !name.isEmpty())
                    .toList();
            assertThat(names)
                    .contains(
                            "index.jelly",
                            "META-INF/annotations/hudson.Extension",
                            "META-INF/services/annotations/org.jenkinsci.Symbol",
                            "io/jenkins/plugins/livemigration/jenkins/step/LiveMigrationBenchmarkStep.class",
                            "io/jenkins/plugins/livemigration/engine/plan/PlanParser.class",
                            "io/jenkins/plugins/livemigration/engine/report/report.css",
                            "io/jenkins/plugins/livemigration/engine/history/Decisions.class",
                            "io/jenkins/plugins/livemigration/engine/history/DecisionFile.class",
                            "io/jenkins/plugins/livemigration/engine/history/KeptBaseline.class",
                            "io/jenkins/plugins/livemigration/engine/history/PinnedBuilds.class")
                    .noneMatch(name -> name.matches("(hudson|jenkins|org|com|net|jakarta)/.*"))
                    .noneMatch(name -> name.matches(".*/engine/(cli|migrate|observe|remote|journal)/.*\\.class"));
        }
    }

    @Test
    void everyClassOfOursThatItRefersToIsInIt(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("classes.jar");
        try (JarFile archive = new JarFile(ARCHIVE.toFile())) {
            Files.copy(archive.getInputStream(archive.getEntry(CLASSES)), jar);
        }
        try (JarFile classes = new JarFile(jar.toFile())) {
            Set<String> missing = new TreeSet<>();
            for (JavaClass type : new ClassFileImporter().importJar(classes)) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String name =
                            dependency.getTargetClass().getBaseComponentType().getName();
                    if (name.startsWith(OURS) && classes.getEntry(name.replace('.', '/') + ".class") == null) {
                        missing.add(type.getName() + " needs " + name);
                    }
                }
            }
            assertThat(missing).isEmpty();
        }
    }

    @Test
    void bothArchivesHaveTheSameManifest() throws IOException {
        try (JarFile archive = new JarFile(ARCHIVE.toFile());
                JarInputStream classes = new JarInputStream(archive.getInputStream(archive.getEntry(CLASSES)))) {
            Manifest outer = archive.getManifest();
            assertThat(classes.getManifest()).isEqualTo(outer);
            assertThat(outer.getMainAttributes().getValue("Short-Name")).isEqualTo("live-migration-benchmark");
            assertThat(outer.getMainAttributes().getValue("Jenkins-Version")).isEqualTo("2.541");
            assertThat(outer.getMainAttributes().getValue("Plugin-Dependencies"))
                    .contains("workflow-step-api:", "junit:", "cloudbees-folder:", "dashboard-view:")
                    .doesNotContain("$");
        }
    }

    private static String next(JarInputStream in) {
        try {
            ZipEntry entry = in.getNextEntry();
            return entry == null ? "" : entry.getName();
        } catch (IOException e) {
            throw new AssertionError("damaged: " + CLASSES, e);
        }
    }
}
