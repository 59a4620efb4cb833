package io.jenkins.plugins.livemigration.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import hudson.model.Describable;
import java.beans.Introspector;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Whatever can be bound, from a form, a script or configuration as code, can also be read back, is in its form, and has help in
 * both languages.
 */
class FormsTest {
    private static final Path TEXTS = Path.of("src/main/resources");
    private static final Pattern FIELD = Pattern.compile("field=\"([A-Za-z]+)\"");
    private static final Pattern LABEL = Pattern.compile("[$]\\{%([A-Za-z_]+)}");
    private static final Set<Class<?>> SIMPLE = Set.of(String.class, Integer.class, Boolean.class);

    /** From these no downtime can be taken, so their forms do not offer it; a script that says so is told. */
    private static final Set<String> NEVER_PRIMARY = Set.of("LoadProbe", "OneWayProbe", "SessionProbe", "PingProbe");

    static Stream<Class<?>> bound() {
        // A column of a list of jobs has nothing to be said about.
        return new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests())
                        .importPackages("io.jenkins.plugins.livemigration.jenkins")
                        .stream()
                        .map(JavaClass::reflect)
                        .filter(type -> isBound(type) && !type.getPackageName().endsWith(".job"))
                        .map(type -> (Class<?>) type);
    }

    private static boolean isBound(Class<?> type) {
        return Describable.class.isAssignableFrom(type)
                && !Modifier.isAbstract(type.getModifiers())
                && Arrays.stream(type.getDeclaredConstructors())
                        .anyMatch(one -> one.isAnnotationPresent(DataBoundConstructor.class));
    }

    @Test
    void looksAtAll() {
        assertThat(bound().map(Class::getSimpleName))
                .hasSizeGreaterThan(25)
                .contains("LiveMigrationBenchmarkStep", "ProxmoxDriver", "MigrationLab", "LabCluster", "LabHost");
    }

    @ParameterizedTest
    @MethodSource("bound")
    void readsBackWhatItBinds(Class<?> type) throws Exception {
        for (Map.Entry<String, Type> property : properties(type).entrySet()) {
            String name = property.getKey();
            Method getter = type.getMethod("get" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
            assertThat(getter.getGenericReturnType()).as(name).isEqualTo(property.getValue());
        }
    }

    @ParameterizedTest
    @MethodSource("bound")
    void bindsOnlyWhatJenkinsCanDescribe(Class<?> type) {
        properties(type).forEach((name, declared) -> {
            Type item = declared instanceof ParameterizedType list
                            && list.getRawType().equals(List.class)
                    ? list.getActualTypeArguments()[0]
                    : declared;
            assertThat(item instanceof Class<?> plain
                            && (SIMPLE.contains(plain) || Describable.class.isAssignableFrom(plain)))
                    .as(type.getSimpleName() + "." + name + " is a " + declared)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("bound")
    void hasEveryPropertyInItsFormWithHelpInBothLanguages(Class<?> type) throws IOException {
        Path folder = TEXTS.resolve(type.getName().replace('.', '/'));
        String form = Files.readString(folder.resolve("config.jelly"));
        Set<String> properties = new TreeSet<>(properties(type).keySet());
        if (NEVER_PRIMARY.contains(type.getSimpleName())) {
            properties.remove("primary");
        }
        assertThat(found(FIELD, form)).isEqualTo(properties);
        if (form.contains("<f:property ")) {
            // Another class's form stands in this one, with its labels and its help.
            return;
        }
        for (String property : properties) {
            for (String language : List.of("", "_id")) {
                assertThat(folder.resolve("help-" + property + language + ".html"))
                        .content()
                        .startsWith("<div>")
                        .doesNotContain("<script");
            }
        }
        for (String file : List.of("config.properties", "config_id.properties")) {
            Properties labels = new Properties();
            if (Files.exists(folder.resolve(file))) {
                try (var reader = Files.newBufferedReader(folder.resolve(file))) {
                    labels.load(reader);
                }
            }
            assertThat(labels.stringPropertyNames()).as(file).isEqualTo(found(LABEL, form));
        }
    }

    /** What can be bound, by name. */
    static Map<String, Type> properties(Class<?> type) {
        Map<String, Type> properties = new LinkedHashMap<>();
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                for (Parameter parameter : constructor.getParameters()) {
                    assertThat(parameter.isNamePresent())
                            .as("compiled with -parameters")
                            .isTrue();
                    properties.put(parameter.getName(), parameter.getParameterizedType());
                }
            }
        }
        List<Method> setters = new ArrayList<>();
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            setters.addAll(Arrays.asList(one.getDeclaredMethods()));
        }
        setters.stream()
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .forEach(method -> properties.put(
                        Introspector.decapitalize(method.getName().substring(3)),
                        method.getGenericParameterTypes()[0]));
        return properties;
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
