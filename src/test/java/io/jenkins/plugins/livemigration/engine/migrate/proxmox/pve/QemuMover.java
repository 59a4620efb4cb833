package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Really moves a guest between two QEMU processes on this machine, with QEMU's own live migration, and logs it in Proxmox VE's
 * words. As Proxmox VE does it, the target is started paused and resumed only behind the hand-over of the configuration, which
 * QEMU's own downtime knows nothing of.
 */
public final class QemuMover implements Mover, AutoCloseable {
    private static final Duration BOOT = Duration.ofSeconds(60);
    private static final int LONGEST_REPLY = 2048;

    private final SmallGuest guest;
    private final PveRelease release;
    private final Duration handOver;
    private final Map<String, QemuNode> nodes = new ConcurrentHashMap<>();
    private Optional<QemuMove> last = Optional.empty();

    private QemuMover(SmallGuest guest, PveRelease release, Duration handOver) {
        this.guest = guest;
        this.release = release;
        this.handOver = handOver;
    }

    /**
     * Boots the guest on a node and waits until it answers; needs root.
     *
     * @param folder new, for QEMU's parts
     * @param release whose words the logs have
     * @param handOver how long the guest stands still behind QEMU's own switch-over
     */
    public static QemuMover boot(Path folder, PveRelease release, String node, Duration handOver)
            throws IOException, InterruptedException {
        QemuMover mover = new QemuMover(SmallGuest.make(folder), release, handOver);
        try {
            mover.nodes.put(node, QemuNode.start(mover.guest, node, List.of()));
            await("the guest's first reply (" + folder + ")")
                    .atMost(BOOT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> mover.ask().isPresent());
            return mover;
        } catch (IOException | RuntimeException | Error failed) {
            mover.close();
            throw failed;
        }
    }

    /** Where the guest answers on UDP. */
    public static String address() {
        return SmallGuest.ADDRESS;
    }

    /** The port on which it answers. */
    public static int port() {
        return SmallGuest.PORT;
    }

    /** The state of the guest's service, by name, if it replies within half a second. */
    public Optional<String> ask() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] question = "state".getBytes(StandardCharsets.UTF_8);
            socket.setSoTimeout(500);
            socket.send(new DatagramPacket(question, question.length, InetAddress.getByName(address()), port()));
            DatagramPacket reply = new DatagramPacket(new byte[LONGEST_REPLY], LONGEST_REPLY);
            socket.receive(reply);
            return Optional.of(new String(reply.getData(), 0, reply.getLength(), StandardCharsets.UTF_8));
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    /** The nodes on which a process of the guest lives, each with what QEMU says that it does. */
    public List<String> processes() throws IOException {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, QemuNode> node : nodes.entrySet()) {
            if (node.getValue().alive()) {
                found.add(node.getKey() + " " + node.getValue().status());
            }
        }
        return found;
    }

    /** Kills the guest's process on a node, as if the node failed. */
    public void kill(String node) {
        Optional.ofNullable(nodes.get(node)).ifPresent(QemuNode::kill);
    }

    @Override
    public Move begin(String from, String to) {
        QemuMove move = new QemuMove(guest, release, handOver, nodes, from, to);
        last = Optional.of(move);
        move.start();
        return move;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        last.ifPresent(QemuMove::interrupt);
        if (last.isPresent()) {
            last.get().join();
        }
        for (QemuNode node : nodes.values()) {
            node.close();
        }
        guest.close();
    }
}
