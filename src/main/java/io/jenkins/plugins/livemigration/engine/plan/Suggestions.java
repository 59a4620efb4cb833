package io.jenkins.plugins.livemigration.engine.plan;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Guesses which word was meant. */
final class Suggestions {
    private static final int MOST = 5;

    private Suggestions() {}

    /** The candidate that is nearest to a misspelt word; else those that begin with it; empty if there are none. */
    static List<String> nearest(String word, Collection<String> candidates) {
        String wanted = plain(word);
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(wanted, plain(candidate));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        if (bestDistance <= Math.max(1, wanted.length() / 3)) {
            return List.of(best);
        }
        return candidates.stream()
                .filter(candidate -> wanted.length() >= 3 && plain(candidate).startsWith(wanted))
                .limit(MOST)
                .toList();
    }

    /** Spelling in snake_case, kebab-case or another case is no difference. */
    private static String plain(String word) {
        String shortened = word.length() > 64 ? word.substring(0, 64) : word;
        return shortened.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** Levenshtein's distance: insertions, deletions and replacements that turn one word into the other. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
