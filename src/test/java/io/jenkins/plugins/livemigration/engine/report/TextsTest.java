package io.jenkins.plugins.livemigration.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.plan.DefaultCategories;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    private final Texts english = new Texts(Locale.ENGLISH);
    private final Texts indonesian = new Texts(Locale.forLanguageTag("id"));

    @Test
    void translatesTheTablesThatComeWithTheEngine() {
        List<CategoryEdges> tables = Stream.of("proxmox", "podman")
                .flatMap(driver -> DefaultCategories.ofDriver(driver).values().stream())
                .distinct()
                .toList();
        assertThat(tables).isNotEmpty().allSatisfy(table -> {
            assertThat(english.table(table.source())).isEqualTo(table.source());
            assertThat(indonesian.table(table.source())).isNotEqualTo(table.source());
            assertThat(table.classes())
                    .allSatisfy(
                            edge -> assertThat(indonesian.category(edge.name())).isNotEqualTo(edge.name()));
        });
    }

    @Test
    void leavesAReadersOwnTableAsItIs() {
        assertThat(indonesian.table("our own")).isEqualTo("our own");
        assertThat(indonesian.category("brilliant")).isEqualTo("brilliant");
    }
}
