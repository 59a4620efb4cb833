package io.jenkins.plugins.livemigration.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import hudson.Extension;
import hudson.init.Initializer;
import io.jenkins.plugins.livemigration.jenkins.config.FolderLabs;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;

/** Without its indexes the plugin silently does nothing. */
class IndexesTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("io.jenkins.plugins.livemigration.jenkins");

    @Test
    void everySymbolIsIndexed() throws Exception {
        assertThat(lines("META-INF/services/annotations/org.jenkinsci.Symbol"))
                .containsExactlyInAnyOrderElementsOf(annotatedWith(Symbol.class))
                .allSatisfy(name -> assertThat(OURS.get(name).isAnnotatedWith(Extension.class))
                        .as(name)
                        .isTrue());
    }

    @Test
    void everyInitializerIsIndexed() throws Exception {
        assertThat(lines("META-INF/services/annotations/hudson.init.Initializer"))
                .containsExactlyInAnyOrderElementsOf(OURS.stream()
                        .filter(type -> type.getMethods().stream()
                                .anyMatch(method -> method.isAnnotatedWith(Initializer.class)))
                        .map(JavaClass::getName)
                        .toList());
    }

    @Test
    void everythingThatFormsMakeHasANameOfItsOwnInXml() {
        assertThat(StoredNames.names().values())
                .doesNotHaveDuplicates()
                .containsAll(FormsTest.bound()
                        .filter(type -> type != FolderLabs.class)
                        .toList());
    }

    @Test
    void everyExtensionIsIndexed() throws Exception {
        List<String> extensions = annotatedWith(Extension.class);
        assertThat(extensions).isNotEmpty();
        // Java-serialised; the compiler leaves a readable twin beside it.
        assertThat(Files.readString(Path.of("target/classes/META-INF/annotations/hudson.Extension.txt")))
                .contains(extensions);
    }

    private static List<String> annotatedWith(Class<? extends Annotation> annotation) {
        return OURS.stream()
                .filter(type -> type.isAnnotatedWith(annotation))
                .map(JavaClass::getName)
                .toList();
    }

    private static List<String> lines(String resource) throws Exception {
        try (InputStream in = IndexesTest.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
