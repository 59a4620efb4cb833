package io.jenkins.plugins.livemigration.jenkins.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;

/** Puts what was added as builds ended into the order of the builds. */
final class BuildOrder {
    /** Builds that run at a time end in another order than they began: so far is looked beyond what is wanted. */
    static final int OUT_OF_ORDER = 50;

    private BuildOrder() {}

    /**
     * What counts.
     *
     * @param all in the order in which it was added
     * @param there which builds are wanted
     * @param key of several with the same one the last counts
     */
    static <T> List<T> lastOfEach(List<T> all, IntPredicate there, ToIntFunction<T> build, Function<T, String> key) {
        List<T> kept = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            T one = all.get(i);
            if (there.test(build.applyAsInt(one)) && seen.add(key.apply(one))) {
                kept.add(one);
            }
        }
        Collections.reverse(kept);
        // Sorting what is in order already costs one look; builds that ran at a time may have ended in another one.
        kept.sort(Comparator.comparingInt(build));
        return kept;
    }
}
