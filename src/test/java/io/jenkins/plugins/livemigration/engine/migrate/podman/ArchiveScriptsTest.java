package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.migrate.podman.ArchiveFolder.BLOCK;
import static io.jenkins.plugins.livemigration.engine.migrate.podman.ArchiveFolder.PAGE;
import static io.jenkins.plugins.livemigration.engine.migrate.podman.ArchiveFolder.bytes;
import static io.jenkins.plugins.livemigration.engine.migrate.podman.ArchiveFolder.tar;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real scripts, in real Perl: what goes in at the source comes out at the destination. */
class ArchiveScriptsTest {
    private static final String PAGES = "checkpoint/pages-1.img";
    private static final String MORE_PAGES = "checkpoint/pages-2.img";

    @BeforeEach
    @BeforeProperty
    void needsPerl() {
        ArchiveFolder.needsPerl();
    }

    /** What came out of both scripts. */
    private record Moved(Map<String, byte[]> members, long sent, boolean ended) {}

    @Property(tries = 40, shrinking = net.jqwik.api.ShrinkingMode.OFF)
    void rebuildsWhateverBecameOfTheMemory(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> before = new ArrayList<>();
        for (int count = random.nextInt(700); count > 0; count--) {
            before.add(page(random));
        }
        List<byte[]> after = new ArrayList<>(before);
        for (int changes = random.nextInt(12); changes > 0; changes--) {
            change(after, random);
        }
        int cut = random.nextBoolean() ? after.size() : random.nextInt(after.size() + 1);
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("config.dump", bytes(random, random.nextInt(5000)));
        members.put(PAGES, join(after.subList(0, cut)));
        members.put("checkpoint/mm-1.img", bytes(random, 605));
        members.put(MORE_PAGES, join(after.subList(cut, after.size())));
        members.put("rootfs-diff.tar", bytes(random, random.nextInt(2_000_000)));
        Moved moved = move(join(before), tar(members, random.nextBoolean()));
        assertThat(moved.ended).isTrue();
        assertThat(moved.members.keySet()).containsExactlyInAnyOrderElementsOf(members.keySet());
        members.forEach(
                (name, content) -> assertThat(moved.members.get(name)).as(name).isEqualTo(content));
    }

    @Test
    void sendsOnlyThePagesThatChanged() throws Exception {
        Random random = new Random(7);
        byte[] before = bytes(random, 1000 * PAGE);
        byte[] after = before.clone();
        for (int index = 0; index < 1000; index += 100) {
            System.arraycopy(bytes(random, PAGE), 0, after, index * PAGE, PAGE);
        }
        Moved moved = move(before, tar(Map.of(PAGES, after), false));
        assertThat(moved.members.get(PAGES)).isEqualTo(after);
        assertThat(moved.sent).isBetween(10L * PAGE, 11L * PAGE);
    }

    @Test
    void findsTheWayAgainWhenPagesMoved() throws Exception {
        Random random = new Random(8);
        byte[] before = bytes(random, 1000 * PAGE);
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        after.write(bytes(random, 3 * PAGE));
        after.write(before);
        Moved moved = move(before, tar(Map.of(PAGES, after.toByteArray()), true));
        assertThat(moved.members.get(PAGES)).isEqualTo(after.toByteArray());
        assertThat(moved.sent).isLessThan(40L * PAGE);
    }

    @Test
    void passesAnArchiveOnAsItIsWithoutASeed() throws Exception {
        byte[] archive = tar(Map.of(PAGES, bytes(new Random(9), 300 * PAGE)), true);
        try (ArchiveFolder folder = new ArchiveFolder()) {
            byte[] sent = folder.sent(new byte[0], archive);
            folder.receive(sent, "");
            byte[] out = Files.readAllBytes(folder.of("out.tar"));
            assertThat(out).isEqualTo(Arrays.copyOf(archive, out.length));
            assertThat(archive.length - out.length).isLessThan(20 * BLOCK);
        }
    }

    @Test
    void refusesAStreamThatWasCutOffAnywhere() throws Exception {
        Random random = new Random(10);
        byte[] before = bytes(random, 300 * PAGE);
        byte[] after = before.clone();
        after[12345]++;
        try (ArchiveFolder folder = new ArchiveFolder()) {
            byte[] sent = folder.sent(before, tar(Map.of(PAGES, after), false));
            for (int tries = 0; tries < 20; tries++) {
                Files.write(folder.of("memory/seed"), before);
                Files.deleteIfExists(folder.of("memory/pages-1.img"));
                byte[] part = Arrays.copyOf(sent, random.nextInt(sent.length));
                Files.write(folder.of("part"), part);
                assertThat(folder.run("part", "answer", "archive-receive.pl", "out.tar", "memory"))
                        .isNotZero();
                assertThat(Files.readString(folder.of("answer"))).doesNotContain("bytes");
            }
        }
    }

    @Test
    void doesNotTakeHalfAnArchiveForAWholeOne() throws Exception {
        byte[] archive = tar(Map.of("config.dump", bytes(new Random(11), 3000)), false);
        try (ArchiveFolder folder = new ArchiveFolder()) {
            Files.write(folder.of("half"), Arrays.copyOf(archive, 2048));
            assertThat(folder.run("half", "sent", "archive-send.pl", "", "ended"))
                    .isNotZero();
            assertThat(folder.of("ended")).doesNotExist();
        }
    }

    private static Moved move(byte[] seed, byte[] archive) throws Exception {
        try (ArchiveFolder folder = new ArchiveFolder()) {
            byte[] sent = folder.sent(seed, archive);
            boolean ended = Files.exists(folder.of("ended"));
            return new Moved(folder.rebuilt(seed, sent), sent.length, ended);
        }
    }

    private static byte[] page(Random random) {
        return random.nextInt(10) == 0 ? new byte[PAGE] : bytes(random, PAGE);
    }

    private static void change(List<byte[]> pages, Random random) {
        int at = random.nextInt(pages.size() + 1);
        int end = Math.min(pages.size(), at + random.nextInt(60));
        switch (random.nextInt(5)) {
            case 0 -> pages.addAll(at, List.of(page(random), page(random), page(random)));
            case 1 -> pages.subList(at, end).clear();
            case 2 -> pages.subList(at, end).replaceAll(old -> page(random));
            case 3 -> Collections.rotate(pages.subList(0, end), 7);
            default -> Collections.reverse(pages);
        }
    }

    private static byte[] join(List<byte[]> pages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pages.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
