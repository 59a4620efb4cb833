package io.jenkins.plugins.livemigration.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ItemPatternsTest {
    @Test
    void nobodyIsMeantByNothing() {
        assertThat(ItemPatterns.match("", "web")).isFalse();
        assertThat(ItemPatterns.match(" \n\n", "web")).isFalse();
    }

    @Test
    void aFolderMeansAllThatIsInIt() {
        assertThat(ItemPatterns.match("other\nteam", "team/web/main")).isTrue();
        assertThat(ItemPatterns.match("team", "team-b/web")).isFalse();
        assertThat(ItemPatterns.match("team", "x/team/web")).isFalse();
    }

    @Test
    void aStarMeansWhatIsDirectlyInTheFolder() {
        assertThat(ItemPatterns.match("team/*", "team/web")).isTrue();
        assertThat(ItemPatterns.match("team/*", "team/web/main")).isFalse();
        assertThat(ItemPatterns.match("team/*", "team")).isFalse();
        assertThat(ItemPatterns.match("*", "anything/at/all")).isTrue();
    }

    @Test
    void aPatternIsNoRegularExpression() {
        assertThat(ItemPatterns.match(".*", "web")).isFalse();
        assertThat(ItemPatterns.match("w.b", "web")).isFalse();
    }
}
