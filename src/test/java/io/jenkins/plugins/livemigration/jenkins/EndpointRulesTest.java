package io.jenkins.plugins.livemigration.jenkins;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Set;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What a form calls, or a decision does, changes nothing, tells nothing and reaches nothing for who may not configure. */
@AnalyzeClasses(packages = EndpointRulesTest.OURS, importOptions = DoNotIncludeTests.class)
class EndpointRulesTest {
    static final String OURS = "io.jenkins.plugins.livemigration.jenkins";
    private static final String ENDPOINT = "do((Check|Fill|Test|AutoComplete)[A-Z].*|Accept|Mute|Pin|Withdraw|Choose)";

    @ArchTest
    static final ArchRule formsPost =
            methods().that().haveNameMatching(ENDPOINT).should().beAnnotatedWith(RequirePOST.class);

    @ArchTest
    static final ArchRule formsAskForAPermission =
            methods().that().haveNameMatching(ENDPOINT).should(askForAPermission());

    @ArchTest
    static final ArchRule secretsAreNoFields = fields().that()
            .haveNameMatching("(?i).*(password|passphrase|secret|privatekey|token)")
            .should()
            .notHaveRawType(String.class)
            .allowEmptyShould(true);

    private static ArchCondition<JavaMethod> askForAPermission() {
        return new ArchCondition<>("ask for a permission") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (!asks(method, new HashSet<>())) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " asks for no permission"));
                }
            }
        };
    }

    /** Whether it, or something of ours that it calls, does. */
    private static boolean asks(JavaCodeUnit code, Set<String> seen) {
        if (!seen.add(code.getFullName())) {
            return false;
        }
        for (JavaMethodCall call : code.getMethodCallsFromSelf()) {
            String name = call.getTarget().getName();
            if (name.equals("hasPermission") || name.equals("checkPermission")) {
                return true;
            }
            boolean ours = call.getTargetOwner().getPackageName().startsWith(OURS);
            if (ours
                    && call.getTarget()
                            .resolveMember()
                            .filter(target -> asks(target, seen))
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }
}
