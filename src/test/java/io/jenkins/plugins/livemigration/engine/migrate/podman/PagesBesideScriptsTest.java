package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.migrate.podman.ArchiveFolder.LINK;
import static io.jenkins.plugins.livemigration.engine.migrate.podman.ArchiveFolder.PAGE;
import static io.jenkins.plugins.livemigration.engine.migrate.podman.ArchiveFolder.bytes;
import static io.jenkins.plugins.livemigration.engine.migrate.podman.ArchiveFolder.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages that are written beside the archive, which holds links in their place, with the real scripts. */
class PagesBesideScriptsTest {
    private static final String IMAGE = "checkpoint/pages-%d.img";
    private static final int LARGE = 600 * PAGE;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @BeforeEach
    @BeforeProperty
    void needsPerl() {
        ArchiveFolder.needsPerl();
    }

    @Property(tries = 40, shrinking = net.jqwik.api.ShrinkingMode.OFF)
    void rebuildsPagesWhereverTheyAreWritten(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        byte[] before = bytes(random, 700 * PAGE);
        Map<String, byte[]> members = new LinkedHashMap<>();
        Map<String, byte[]> archive = new LinkedHashMap<>();
        members.put("config.dump", bytes(random, 700));
        archive.putAll(members);
        try (ArchiveFolder folder = new ArchiveFolder()) {
            int count = random.nextInt(4);
            for (int number = 1; number <= count; number++) {
                String name = IMAGE.formatted(number);
                byte[] content =
                        random.nextInt(5) == 0 ? bytes(random, random.nextInt(40) * PAGE) : changed(random, before);
                members.put(name, content);
                boolean beside = random.nextInt(4) > 0;
                if (beside) {
                    Files.write(folder.of("beside/pages-" + number + ".img"), content);
                }
                // Not followed; a link in the archive; followed by the archive, too; or not taken up into it.
                int entry = random.nextInt(8);
                if (!beside || entry == 0) {
                    archive.put(name, content);
                } else if (entry > 1) {
                    archive.put(name, LINK);
                }
            }
            archive.put(IMAGE.formatted(count + 1), LINK);
            Map<String, byte[]> last = Map.of("checkpoint/pstree.img", bytes(random, 24));
            members.putAll(last);
            archive.putAll(last);
            byte[] sent = folder.sent(before, tar(archive, random.nextBoolean()));
            same(folder.rebuilt(before, sent), members);
        }
    }

    @Test
    void sendsThemWhileTheyAreBeingWritten() throws Exception {
        Random random = new Random(21);
        byte[] before = bytes(random, LARGE);
        byte[] first = changed(random, before);
        byte[] second = bytes(random, LARGE);
        try (ArchiveFolder folder = new ArchiveFolder()) {
            Process sending = folder.sending(before);
            try (OutputStream archive = sending.getOutputStream()) {
                append(folder.of("beside/pages-1.img"), first, 0, LARGE / 2);
                awaitSent(folder, 1);
                append(folder.of("beside/pages-1.img"), first, LARGE / 2, first.length);
                append(folder.of("beside/pages-2.img"), second, 0, LARGE);
                awaitSent(folder, LARGE * 3 / 4);
                Map<String, byte[]> members = new LinkedHashMap<>();
                members.put(IMAGE.formatted(1), LINK);
                members.put(IMAGE.formatted(2), LINK);
                archive.write(tar(members, false));
            }
            assertThat(sending.waitFor()).as(folder.complaint()).isZero();
            assertThat(folder.of("ended")).exists();
            same(
                    folder.rebuilt(before, Files.readAllBytes(folder.of("sent"))),
                    Map.of(IMAGE.formatted(1), first, IMAGE.formatted(2), second));
        }
    }

    @Test
    void refusesPagesThatWereStillBeingWrittenWhenTheArchiveBegan() throws Exception {
        Random random = new Random(22);
        byte[] before = bytes(random, LARGE);
        try (ArchiveFolder folder = new ArchiveFolder()) {
            byte[] archive = tar(Map.of(IMAGE.formatted(1), LINK), false);
            Process sending = folder.sending(before);
            try (OutputStream out = sending.getOutputStream()) {
                append(folder.of("beside/pages-1.img"), before, 0, LARGE / 2);
                out.write(archive, 0, 100);
                out.flush();
                awaitSent(folder, 1);
                append(folder.of("beside/pages-1.img"), before, LARGE / 2, LARGE);
                out.write(archive, 100, archive.length - 100);
            }
            assertThat(sending.waitFor()).isNotZero();
            assertThat(folder.complaint()).contains("still being written");
            assertThat(folder.of("ended")).doesNotExist();
        }
    }

    @Test
    void refusesAnArchiveWhosePagesDifferInLength() throws Exception {
        byte[] pages = bytes(new Random(23), LARGE);
        try (ArchiveFolder folder = new ArchiveFolder()) {
            Files.write(folder.of("beside/pages-1.img"), pages);
            Files.write(
                    folder.of("archive"), tar(Map.of(IMAGE.formatted(1), Arrays.copyOf(pages, LARGE - PAGE)), false));
            Files.write(folder.of("seed"), pages);
            assertThat(folder.run("archive", "sent", "archive-send.pl", "seed", "ended", "beside"))
                    .isNotZero();
            assertThat(folder.complaint()).contains("instead of");
        }
    }

    @Test
    void goesOnAsEverWithoutAPlaceBeside() throws Exception {
        byte[] pages = bytes(new Random(24), LARGE);
        for (String place : List.of("", "missing")) {
            try (ArchiveFolder folder = new ArchiveFolder()) {
                Files.write(folder.of("archive"), tar(Map.of(IMAGE.formatted(1), pages), false));
                Files.write(folder.of("seed"), pages);
                assertThat(folder.run("archive", "sent", "archive-send.pl", "seed", "ended", place))
                        .as(folder.complaint())
                        .isZero();
                byte[] sent = Files.readAllBytes(folder.of("sent"));
                assertThat(sent.length).isLessThan(10 * PAGE);
                same(folder.rebuilt(pages, sent), Map.of(IMAGE.formatted(1), pages));
            }
        }
    }

    private static void same(Map<String, byte[]> rebuilt, Map<String, byte[]> expected) {
        assertThat(rebuilt.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((name, content) -> assertThat(Arrays.mismatch(rebuilt.get(name), content))
                .as("first difference in " + name)
                .isEqualTo(-1));
    }

    private static byte[] changed(Random random, byte[] pages) {
        byte[] changed = Arrays.copyOf(pages, (400 + random.nextInt(300)) * PAGE);
        for (int changes = random.nextInt(20); changes > 0; changes--) {
            System.arraycopy(bytes(random, PAGE), 0, changed, random.nextInt(changed.length / PAGE) * PAGE, PAGE);
        }
        return changed;
    }

    private static void append(Path file, byte[] content, int from, int to) throws Exception {
        Files.write(file, Arrays.copyOfRange(content, from, to), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void awaitSent(ArchiveFolder folder, long bytes) {
        await().atMost(LONGEST).until(() -> Files.size(folder.of("sent")) >= bytes);
    }
}
