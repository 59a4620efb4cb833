package io.jenkins.plugins.livemigration;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The rules of the house that a machine can hold. Packages that do not exist yet break none of them. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    static final String ROOT = "io.jenkins.plugins.livemigration";
    private static final String ENGINE = ROOT + ".engine";
    private static final String JENKINS_SIDE = ROOT + ".jenkins";
    private static final String[] WAYS_OUT = {ENGINE + ".remote..", ENGINE + ".observe.."};

    private static final DescribedPredicate<JavaClass> ENGINE_WITHOUT_ITS_WAYS_OUT = resideInAPackage(ENGINE + "..")
            .and(not(resideInAnyPackage(WAYS_OUT)))
            .as("classes of the engine outside remote and observe");

    private static final DescribedPredicate<JavaClass> TYPES_THAT_REACH_OUT = belongToAnyOf(
                    Socket.class,
                    ServerSocket.class,
                    DatagramSocket.class,
                    SocketChannel.class,
                    ServerSocketChannel.class,
                    DatagramChannel.class,
                    AsynchronousSocketChannel.class,
                    AsynchronousServerSocketChannel.class,
                    URLConnection.class,
                    HttpURLConnection.class,
                    Process.class,
                    ProcessBuilder.class)
            .or(resideInAnyPackage("java.net.http..", "javax.net..", "okhttp3..", "com.jcraft.jsch.."))
            .as("types that open sockets or start processes");

    @ArchTest
    static final ArchRule theEngineKnowsNoJenkins = noClasses()
            .that()
            .resideInAPackage(ENGINE + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    JENKINS_SIDE + "..",
                    "hudson..",
                    "jenkins..",
                    "org.jenkinsci..",
                    "org.kohsuke..",
                    "com.cloudbees..",
                    "jakarta.servlet..")
            .because("it runs from a terminal too, and on the agent, where none of these exist");

    @ArchTest
    static final ArchRule onlyRemoteAndObserveReachOut = noClasses()
            .that(ENGINE_WITHOUT_ITS_WAYS_OUT)
            .should()
            .dependOnClassesThat(TYPES_THAT_REACH_OUT)
            .orShould()
            .callMethod(URL.class, "openStream")
            .orShould()
            .callMethod(URL.class, "openConnection")
            .orShould()
            .callMethod(Runtime.class, "exec", String.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class)
            .orShould()
            .callMethod(InetAddress.class, "getByName", String.class)
            .orShould()
            .callMethod(InetAddress.class, "getAllByName", String.class)
            .because("a reader who looks for what leaves the process has two packages to read");

    @ArchTest
    static final ArchRule whatTheControllerLoadsNeedsNoneOfTheRest = noClasses()
            .that()
            .resideInAnyPackage(ENGINE + ".plan..", ENGINE + ".result..", ENGINE + ".verdict..", ENGINE + ".report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ENGINE + ".cli..",
                    ENGINE + ".migrate..",
                    ENGINE + ".observe..",
                    ENGINE + ".remote..",
                    "com.jcraft.jsch..",
                    "okhttp3..",
                    "picocli..")
            .allowEmptyShould(true)
            .because("the controller re-evaluates results with these packages alone");

    @ArchTest
    static final ArchRule theCommandLineIsTheOutermostPart = noClasses()
            .that()
            .resideInAPackage(ENGINE + "..")
            .and()
            .resideOutsideOfPackage(ENGINE + ".cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE + ".cli..", "picocli..");

    @ArchTest
    static final ArchRule driversDoNotKnowEachOther = slices().matching(ENGINE + ".migrate.(*)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule driversMeasureNothingFromTheClientsSide = noClasses()
            .that()
            .resideInAPackage(ENGINE + ".migrate..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ENGINE + ".observe..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theEnginesPackagesHaveNoCycles =
            slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyShellWordsQuotes = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(ROOT + "..")
            .and(nameMatching("(?i)(shell|bash|posix)_?(quote|escape).*|(quote|escape)(for)?(shell|bash|word|arg).*"))
            .should()
            .beDeclaredInClassesThat()
            .haveFullyQualifiedName(ENGINE + ".remote.ShellWords")
            .allowEmptyShould(true)
            .because("what goes into a remote shell is quoted in one place, which hostile input has tested");

    @ArchTest
    static final ArchRule onlyTheCommandLineOwnsTheTerminal = noClasses()
            .that()
            .resideOutsideOfPackage(ENGINE + ".cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .accessField(System.class, "in")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theEngineWritesNoLogsOfItsOwn = noClasses()
            .that()
            .resideInAPackage(ENGINE + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j..")
            .because("what happens is said in the journal");

    @ArchTest
    static final ArchRule noDurationComesFromTheWallClock = noClasses()
            .that()
            .resideInAPackage(ENGINE + "..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .because("durations come from the monotonic clock; wall time is an Instant");

    @ArchTest
    static final ArchRule nothingThatJenkinsStoresHoldsARecord = fields().that()
            .areDeclaredInClassesThat()
            .resideInAPackage(JENKINS_SIDE + "..")
            .and()
            .areNotStatic()
            .and()
            .doNotHaveModifier(JavaModifier.TRANSIENT)
            .should(holdNoRecord())
            .allowEmptyShould(true)
            .because("XStream saves a record, and on loading loses the rest of build.xml");

    @ArchTest
    static final ArchRule everyClassBelongsToOneOfTheTwoSides =
            classes().should().resideInAnyPackage(ENGINE + "..", JENKINS_SIDE + "..");

    /** Follows the instance fields of our own classes, type arguments and array components included. */
    private static ArchCondition<JavaField> holdNoRecord() {
        return new ArchCondition<>("hold no record, directly or inside") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                recordWithin(field)
                        .ifPresent(found -> events.add(SimpleConditionEvent.violated(
                                field, field.getFullName() + " holds the record " + found.getName())));
            }
        };
    }

    private static Optional<JavaClass> recordWithin(JavaField field) {
        Set<JavaClass> seen = new HashSet<>();
        Deque<JavaField> pending = new ArrayDeque<>(Set.of(field));
        while (!pending.isEmpty()) {
            for (JavaClass type : pending.pop().getType().getAllInvolvedRawTypes()) {
                JavaClass element = type.getBaseComponentType();
                if (element.isRecord()) {
                    return Optional.of(element);
                }
                if (element.getPackageName().startsWith(ROOT) && seen.add(element)) {
                    element.getAllFields().stream()
                            .filter(inner -> !inner.getModifiers().contains(JavaModifier.STATIC))
                            .filter(inner -> !inner.getModifiers().contains(JavaModifier.TRANSIENT))
                            .forEach(pending::add);
                }
            }
        }
        return Optional.empty();
    }
}
