package io.jenkins.plugins.livemigration.jenkins.build;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report's style sheet for a part of a page of Jenkins: it touches nothing outside of the report, and it is dark when
 * Jenkins is, not when the reader's system is.
 */
final class ReportStyle {
    private static final String DARK_SYSTEM = "@media (prefers-color-scheme: dark) {";
    private static final Pattern DARK_BLOCK =
            Pattern.compile("@media \\(prefers-color-scheme: dark\\) \\{\\s*:root \\{([^}]*)\\}\\s*\\}");
    private static final Pattern ROOT = Pattern.compile("(?m)^(\\s*)(:root|body) \\{");

    private ReportStyle() {}

    /** The rules, nested in the class {@code lmb-report}. */
    static String within(String style) {
        String dark = "";
        Matcher block = DARK_BLOCK.matcher(style);
        String rest = style;
        if (block.find()) {
            dark = block.group(1);
            rest = block.replaceAll("");
        }
        String nested = ROOT.matcher(rest).replaceAll("$1& {").replace("color-scheme: light dark;", "");
        return ".lmb-report {\n" + nested + "\n}\n"
                + "html[data-theme=\"dark\"] .lmb-report {" + dark + "}\n"
                + DARK_SYSTEM + "\nhtml[data-theme=\"dark-system\"] .lmb-report {" + dark + "}\n}\n";
    }
}
