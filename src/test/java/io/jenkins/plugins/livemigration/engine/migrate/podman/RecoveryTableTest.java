package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.podman.Copy.State;
import io.jenkins.plugins.livemigration.engine.migrate.podman.RecoveryTable.Back;
import io.jenkins.plugins.livemigration.engine.migrate.podman.RecoveryTable.Decision;
import io.jenkins.plugins.livemigration.engine.migrate.podman.RecoveryTable.Forward;
import io.jenkins.plugins.livemigration.engine.migrate.podman.RecoveryTable.FromArchive;
import io.jenkins.plugins.livemigration.engine.migrate.podman.RecoveryTable.Gone;
import io.jenkins.plugins.livemigration.engine.migrate.podman.RecoveryTable.Lost;
import io.jenkins.plugins.livemigration.engine.migrate.podman.RecoveryTable.Stay;
import io.jenkins.plugins.livemigration.engine.migrate.podman.RecoveryTable.Twice;
import io.jenkins.plugins.livemigration.engine.migrate.podman.RecoveryTable.Undecided;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every combination of what two hosts can say. */
class RecoveryTableTest {
    private static final MigrationRecord RECORD =
            new MigrationRecord("token", "a", "b", "/staging", Map.of("web", "1"));

    private static SideReport side(Optional<MigrationRecord> record, Set<Stage> stages, State... states) {
        Map<String, Copy> copies = new LinkedHashMap<>();
        for (int i = 0; i < states.length; i++) {
            String name = "c" + i;
            copies.put(name, new Copy(name, states[i] == State.ABSENT ? "" : "id" + i, states[i], 0));
        }
        return new SideReport(copies, record, stages, Set.of(), false);
    }

    private static SideReport source(Stage stage, State... states) {
        return side(Optional.of(RECORD), EnumSet.range(Stage.PREPARED, stage), states);
    }

    private static SideReport destination(Stage stage, State... states) {
        Set<Stage> stages = EnumSet.of(Stage.PREPARED);
        if (stage != Stage.PREPARED) {
            stages.addAll(EnumSet.range(Stage.RESTORING, stage));
        }
        return side(Optional.of(RECORD), stages, states);
    }

    private static Decision decide(SideReport source, SideReport destination) {
        return RecoveryTable.decide("a", Optional.ofNullable(source), "b", Optional.ofNullable(destination));
    }

    @ParameterizedTest
    @CsvSource({
        // source, destination, how far the destination got, what to do
        "RUNNING,   RUNNING,   PREPARED,  Twice",
        "RUNNING,   RUNNING,   RESTORING, Twice",
        "RUNNING,   RUNNING,   OPENED,    Twice",
        "RUNNING,   RESUMABLE, PREPARED,  Stay",
        "RUNNING,   RESUMABLE, RESTORING, Stay",
        "RUNNING,   RESUMABLE, OPENED,    Stay",
        "RUNNING,   STOPPED,   PREPARED,  Stay",
        "RUNNING,   STOPPED,   RESTORING, Stay",
        "RUNNING,   STOPPED,   OPENED,    Stay",
        "RUNNING,   ABSENT,    PREPARED,  Stay",
        "RUNNING,   ABSENT,    RESTORING, Stay",
        "RUNNING,   ABSENT,    OPENED,    Stay",
        "RESUMABLE, RUNNING,   PREPARED,  Forward",
        "RESUMABLE, RUNNING,   RESTORING, Forward",
        "RESUMABLE, RUNNING,   OPENED,    Forward",
        "RESUMABLE, RESUMABLE, PREPARED,  Back",
        "RESUMABLE, RESUMABLE, RESTORING, Back",
        "RESUMABLE, RESUMABLE, OPENED,    Lost",
        "RESUMABLE, STOPPED,   PREPARED,  Back",
        "RESUMABLE, STOPPED,   RESTORING, Back",
        "RESUMABLE, STOPPED,   OPENED,    Lost",
        "RESUMABLE, ABSENT,    PREPARED,  Back",
        "RESUMABLE, ABSENT,    RESTORING, Back",
        "RESUMABLE, ABSENT,    OPENED,    Lost",
        "STOPPED,   RUNNING,   PREPARED,  Forward",
        "STOPPED,   RUNNING,   RESTORING, Forward",
        "STOPPED,   RUNNING,   OPENED,    Forward",
        "STOPPED,   RESUMABLE, PREPARED,  Lost",
        "STOPPED,   RESUMABLE, RESTORING, Lost",
        "STOPPED,   RESUMABLE, OPENED,    Lost",
        "STOPPED,   STOPPED,   PREPARED,  Lost",
        "STOPPED,   STOPPED,   RESTORING, Lost",
        "STOPPED,   STOPPED,   OPENED,    Lost",
        "STOPPED,   ABSENT,    PREPARED,  Lost",
        "STOPPED,   ABSENT,    RESTORING, Lost",
        "STOPPED,   ABSENT,    OPENED,    Lost",
        "ABSENT,    RUNNING,   PREPARED,  Forward",
        "ABSENT,    RUNNING,   RESTORING, Forward",
        "ABSENT,    RUNNING,   OPENED,    Forward",
        "ABSENT,    RESUMABLE, PREPARED,  Lost",
        "ABSENT,    RESUMABLE, RESTORING, Lost",
        "ABSENT,    RESUMABLE, OPENED,    Lost",
        "ABSENT,    STOPPED,   PREPARED,  Lost",
        "ABSENT,    STOPPED,   RESTORING, Lost",
        "ABSENT,    STOPPED,   OPENED,    Lost",
        "ABSENT,    ABSENT,    PREPARED,  Gone",
        "ABSENT,    ABSENT,    RESTORING, Gone",
        "ABSENT,    ABSENT,    OPENED,    Gone"
    })
    void decidesWhenBothHostsTell(State source, State destination, Stage reached, String expected) {
        Decision decision = decide(source(Stage.HANDOVER, source), destination(reached, destination));

        assertThat(decision.getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // source, how far it got, what to do
        "RUNNING,   PREPARED, Stay",
        "RUNNING,   DUMPING,  Stay",
        "RUNNING,   HANDOVER, Undecided",
        "RESUMABLE, PREPARED, Back",
        "RESUMABLE, DUMPING,  Back",
        "RESUMABLE, HANDOVER, Undecided",
        "STOPPED,   PREPARED, Undecided",
        "STOPPED,   DUMPING,  Undecided",
        "STOPPED,   HANDOVER, Undecided",
        "ABSENT,    PREPARED, Undecided",
        "ABSENT,    DUMPING,  Undecided",
        "ABSENT,    HANDOVER, Undecided"
    })
    void resumesWhileTheDestinationIsSilentOnlyIfThatWasNeverAskedToRestore(
            State source, Stage reached, String expected) {
        Decision decision = decide(source(reached, source), null);

        assertThat(decision.getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // destination, how far it got, what to do
        "RUNNING,   PREPARED,  Undecided",
        "RUNNING,   RESTORING, Forward",
        "RUNNING,   OPENED,    Forward",
        "RESUMABLE, RESTORING, Undecided",
        "STOPPED,   OPENED,    Undecided",
        "ABSENT,    PREPARED,  Undecided",
        "ABSENT,    RESTORING, Undecided"
    })
    void goesOnWhileTheSourceIsSilentOnlyIfTheDestinationRunsWhatItRestored(
            State destination, Stage reached, String expected) {
        Decision decision = decide(null, destination(reached, destination));

        assertThat(decision.getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void decidesNothingWhenBothAreSilent() {
        assertThat(decide(null, null)).isInstanceOf(Undecided.class);
    }

    @Test
    void decidesNothingWithoutARecordWhileAHostIsSilent() {
        SideReport runs = side(Optional.empty(), Set.of(), State.RUNNING);

        assertThat(decide(runs, null)).isInstanceOf(Undecided.class);
        assertThat(decide(null, runs)).isInstanceOf(Undecided.class);
    }

    @Test
    void takesBackWhatOnlyPartlyArrived() {
        SideReport source = source(Stage.HANDOVER, State.RESUMABLE, State.RESUMABLE);

        assertThat(decide(source, destination(Stage.RESTORING, State.RUNNING, State.STOPPED)))
                .isEqualTo(new Back());
        assertThat(decide(source, destination(Stage.OPENED, State.RUNNING, State.STOPPED)))
                .isInstanceOf(Lost.class);
    }

    @Test
    void resumesTheOnesThatStoppedBesideThoseThatNeverDid() {
        SideReport source = source(Stage.DUMPING, State.RUNNING, State.RESUMABLE);

        assertThat(decide(source, destination(Stage.PREPARED, State.ABSENT, State.ABSENT)))
                .isEqualTo(new Back());
        assertThat(decide(source, null)).isEqualTo(new Back());
    }

    @Test
    void noticesThatOneOfSeveralRunsTwice() {
        SideReport source = source(Stage.HANDOVER, State.RUNNING, State.RESUMABLE);

        assertThat(decide(source, destination(Stage.RESTORING, State.RUNNING, State.RUNNING)))
                .isInstanceOf(Twice.class);
    }

    @Test
    void restoresFromTheArchivesWhenNoContainerIsLeftAnywhere() {
        SideReport source = source(Stage.HANDOVER, State.ABSENT);
        SideReport archived = new SideReport(
                Map.of("c0", new Copy("c0", "", State.ABSENT, 0)),
                Optional.of(RECORD),
                EnumSet.of(Stage.PREPARED, Stage.RESTORING),
                Set.of("c0"),
                false);

        assertThat(decide(source, archived)).isEqualTo(new FromArchive());
    }

    private static List<Arguments> everything() {
        List<Arguments> all = new ArrayList<>();
        for (State first : State.values()) {
            for (State second : State.values()) {
                for (State third : State.values()) {
                    for (State fourth : State.values()) {
                        for (Stage stage : Stage.values()) {
                            all.add(Arguments.of(first, second, third, fourth, stage));
                        }
                    }
                }
            }
        }
        return all;
    }

    /** The one rule that must hold whatever else does: nothing is started where something may run already. */
    @ParameterizedTest
    @MethodSource("everything")
    void neverStartsASecondCopy(State first, State second, State third, State fourth, Stage reached) {
        SideReport source = source(Stage.HANDOVER, first, second);
        SideReport destination = destination(
                reached == Stage.DUMPING || reached == Stage.HANDOVER ? Stage.PREPARED : reached, third, fourth);
        Decision decision = decide(source, destination);

        if (decision instanceof Forward) {
            assertThat(source.any(State.RUNNING)).isFalse();
            assertThat(destination.all(State.RUNNING)).isTrue();
        }
        if (decision instanceof Stay) {
            assertThat(destination.any(State.RUNNING)).isFalse();
        }
        if (decision instanceof Back) {
            assertThat(destination.reached(Stage.OPENED)).isFalse();
        }
        if (decision instanceof FromArchive || decision instanceof Gone) {
            assertThat(source.all(State.ABSENT) && destination.all(State.ABSENT))
                    .isTrue();
        }
    }
}
