package io.jenkins.plugins.livemigration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** pom-jenkins.xml, which this build does not exercise, says the same as pom.xml. */
class ConventionalPomTest {
    @Test
    void isOfTheSameVersionForTheSameJenkins() throws Exception {
        assertThat(text(pom("pom-jenkins.xml"), "version")).isEqualTo(text(pom("pom.xml"), "version"));
        assertThat(properties("pom-jenkins.xml").get("jenkins.version"))
                .isEqualTo(properties("pom.xml").get("jenkins.version"));
    }

    @Test
    void needsTheSamePluginsInTheSameVersions() throws Exception {
        Map<String, String> plugins = new TreeMap<>();
        for (String plugin :
                properties("pom.xml").get("lmb.plugin.dependencies").split(",", -1)) {
            String[] parts = plugin.split("[:;]", -1);
            plugins.put(parts[0], parts[1] + (parts.length > 2 ? " optional" : ""));
        }
        Map<String, String> conventional = dependencies("pom-jenkins.xml");
        conventional.keySet().retainAll(plugins.keySet());
        assertThat(conventional).isEqualTo(plugins);
    }

    @Test
    void hasTheSameLibrariesInTheSameVersions() throws Exception {
        Map<String, String> libraries = dependencies("pom.xml");
        libraries.keySet().removeIf(name -> name.startsWith("jackson-"));
        assertThat(dependencies("pom-jenkins.xml")).containsAllEntriesOf(libraries);
    }

    /** Versions by artifact, of what is needed for more than tests. */
    private static Map<String, String> dependencies(String file) throws Exception {
        Map<String, String> properties = properties(file);
        Map<String, String> found = new TreeMap<>();
        Element list = child(pom(file), "dependencies");
        for (Node node = list.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element dependency) {
                String scope = text(dependency, "scope");
                String name = text(dependency, "artifactId");
                String version = text(dependency, "version");
                boolean ours = !scope.equals("test") && !name.equals("sezpoz");
                if (ours) {
                    String resolved = version.startsWith("${")
                            ? properties.get(version.substring(2, version.length() - 1))
                            : version.isEmpty() ? properties.getOrDefault(name + ".version", "") : version;
                    found.put(name, resolved + (text(dependency, "optional").equals("true") ? " optional" : ""));
                }
            }
        }
        return found;
    }

    private static Map<String, String> properties(String file) throws Exception {
        Map<String, String> found = new TreeMap<>();
        Element list = child(pom(file), "properties");
        for (Node node = list.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element property) {
                found.put(property.getTagName(), property.getTextContent());
            }
        }
        return found;
    }

    private static Element pom(String file) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of(file).toFile());
        return document.getDocumentElement();
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        throw new AssertionError("no " + name);
    }

    private static String text(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element.getTextContent().strip();
            }
        }
        return "";
    }
}
