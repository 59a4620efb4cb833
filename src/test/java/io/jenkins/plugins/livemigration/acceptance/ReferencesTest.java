package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The adapter is compiled against signatures of ours. Here every class, method and field that the shipped jar refers to is
 * looked up in the real classes of a jenkins.war and its plugins.
 */
@Tag("acceptance")
class ReferencesTest {
    private static final String OURS = "io.jenkins.plugins.livemigration";

    @TempDir
    Path folder;

    @Test
    void everyReferenceOfTheShippedJarResolves() throws Exception {
        List<URL> jars = new ArrayList<>();
        unpack(RealJenkins.war(), jars);
        for (Path plugin : RealJenkins.plugins()) {
            unpack(plugin, jars);
        }
        List<URL> own = new ArrayList<>();
        unpack(RealJenkins.plugin(), own);
        JavaClasses shipped = new ClassFileImporter()
                .importJars(own.stream()
                        .filter(url -> url.getPath().endsWith("_live-migration-benchmark.jar"))
                        .map(ReferencesTest::jar)
                        .toList());
        assertThat(shipped).isNotEmpty();
        jars.addAll(own);

        Set<String> broken = new TreeSet<>();
        int looked = 0;
        try (URLClassLoader real = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            for (JavaClass type : shipped) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    AccessTarget target = access.getTarget();
                    if (!target.getOwner().getName().startsWith(OURS)) {
                        looked++;
                        problem(target, real).stream()
                                .map(problem -> type.getName() + ": " + problem)
                                .forEach(broken::add);
                    }
                }
                type.getDirectDependenciesFromSelf().forEach(dependency -> {
                    String name =
                            dependency.getTargetClass().getBaseComponentType().getName();
                    if (!isThere(name, real)) {
                        broken.add(type.getName() + ": no class " + name);
                    }
                });
            }
        }
        assertThat(looked).isGreaterThan(500);
        assertThat(broken).isEmpty();
    }

    private static List<String> problem(AccessTarget target, ClassLoader real) {
        String owner = target.getOwner().getName();
        if (target.getOwner().isArray() || owner.endsWith("]")) {
            return List.of();
        }
        try {
            Class<?> type = Class.forName(owner, false, real);
            boolean found = true;
            if (target instanceof AccessTarget.FieldAccessTarget field) {
                found = field(type, field);
            } else if (target instanceof AccessTarget.CodeUnitAccessTarget code) {
                found = method(type, code);
            }
            return found ? List.of() : List.of("no " + target.getFullName() + " in " + owner);
        } catch (ClassNotFoundException | LinkageError absent) {
            return List.of("no class " + owner + " (" + absent + ")");
        }
    }

    private static boolean field(Class<?> type, AccessTarget.FieldAccessTarget field) {
        return hierarchy(type).stream()
                .flatMap(one -> Arrays.stream(one.getDeclaredFields()))
                .anyMatch(one -> one.getName().equals(field.getName())
                        && one.getType().getName().equals(field.getRawType().getName()));
    }

    private static boolean method(Class<?> type, AccessTarget.CodeUnitAccessTarget code) {
        List<String> parameters =
                code.getRawParameterTypes().stream().map(JavaClass::getName).toList();
        if (code.getName().equals("<init>")) {
            return Arrays.stream(type.getDeclaredConstructors())
                    .anyMatch(one -> names(one).equals(parameters));
        }
        return hierarchy(type).stream()
                .flatMap(one -> Arrays.stream(one.getDeclaredMethods()))
                .filter(one -> one.getName().equals(code.getName()))
                .filter(one -> isPolymorphic(one) || names(one).equals(parameters))
                .anyMatch(one -> isPolymorphic(one)
                        || one.getReturnType()
                                .getName()
                                .equals(code.getRawReturnType().getName()));
    }

    /** A method handle's, whose descriptor is the call's. */
    private static boolean isPolymorphic(Method method) {
        return method.getDeclaringClass().getName().startsWith("java.lang.invoke.") && method.isVarArgs();
    }

    private static List<String> names(Executable executable) {
        return Arrays.stream(executable.getParameterTypes()).map(Class::getName).toList();
    }

    private static List<Class<?>> hierarchy(Class<?> type) {
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            all.add(one);
            for (Class<?> face : one.getInterfaces()) {
                all.addAll(hierarchy(face));
            }
        }
        if (type.isInterface()) {
            all.add(Object.class);
        }
        return all;
    }

    private static boolean isThere(String name, ClassLoader real) {
        if (!name.contains(".") || name.startsWith("org.jspecify.")) {
            return true;
        }
        try {
            Class.forName(name, false, real);
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    private static JarFile jar(URL url) {
        try {
            return new JarFile(Path.of(url.toURI()).toFile());
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(url.toString(), e);
        }
    }

    /** Takes the jars out of an archive: of a plugin, of the war, and the servlet container's. */
    private void unpack(Path archive, List<URL> jars) throws IOException {
        String prefix = archive.getFileName().toString().replaceAll("\\.[a-z]+$", "");
        try (JarFile file = new JarFile(archive.toFile())) {
            Enumeration<? extends ZipEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                if (name.matches("WEB-INF/(lib|optional-lib)/[^/]+\\.jar|executable/winstone\\.jar")) {
                    jars.add(copy(file, entry, prefix + "_" + Path.of(name).getFileName()));
                }
            }
        }
    }

    private URL copy(JarFile file, ZipEntry entry, String name) throws IOException {
        Path copy = folder.resolve(name);
        try (InputStream in = file.getInputStream(entry)) {
            Files.copy(in, copy);
        }
        try {
            return copy.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new AssertionError(copy.toString(), impossible);
        }
    }
}
