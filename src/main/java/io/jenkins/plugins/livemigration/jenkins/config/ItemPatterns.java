package io.jenkins.plugins.livemigration.jenkins.config;

import java.util.Arrays;

/**
 * Which items are meant by a text with a pattern a line. {@code team/web} means the item of that full name and all that is
 * in it, {@code team/*} every item directly in it, {@code *} every item.
 */
final class ItemPatterns {
    private ItemPatterns() {}

    /** Whether one of the lines means the item. */
    static boolean match(String patterns, String fullName) {
        return Arrays.stream(patterns.split("[\\n\\r]+"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .anyMatch(line -> matches(line, fullName));
    }

    private static boolean matches(String pattern, String fullName) {
        if (pattern.equals("*")) {
            return true;
        }
        if (pattern.endsWith("/*")) {
            String folder = pattern.substring(0, pattern.length() - 1);
            return fullName.startsWith(folder)
                    && fullName.length() > folder.length()
                    && fullName.indexOf('/', folder.length()) < 0;
        }
        return fullName.equals(pattern) || fullName.startsWith(pattern + "/");
    }
}
