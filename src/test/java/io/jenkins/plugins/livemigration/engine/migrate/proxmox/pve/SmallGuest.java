package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small virtual machine with the lab's counter service, and the network that it has on both nodes: one bridge in a namespace
 * of its own, with a port per node and one to this machine.
 *
 * @param folder with kernel, initrd and QEMU
 */
record SmallGuest(Path folder) implements AutoCloseable {
    static final String ADDRESS = "198.18.79.10";
    static final int PORT = 7000;
    static final int MEGABYTES = 176;
    static final String NAMESPACE = "lmb-pve-test";
    private static final String CLIENT = "198.18.79.1";
    private static final String LINK = "lmbpve0";
    private static final Path HOME = Path.of(System.getProperty("lmb.home", "."));
    private static final Path SCRIPT =
            Path.of("src/test/resources/io/jenkins/plugins/livemigration/engine/migrate/proxmox/pve/small-guest.sh");
    /** What the service holds, and how much of it changes in a second: 48 MB, 4 MB/s. */
    private static final String LOAD = "48/4";

    /** Makes parts and network; needs root. */
    static SmallGuest make(Path folder) throws IOException, InterruptedException {
        run(
                "bash",
                HOME.resolve(SCRIPT).toAbsolutePath().toString(),
                HOME.resolve("lab").toAbsolutePath().normalize().toString(),
                folder.toString());
        SmallGuest guest = new SmallGuest(folder);
        guest.close();
        run("ip", "netns", "add", NAMESPACE);
        run("ip", "link", "add", LINK, "type", "veth", "peer", "name", "client", "netns", NAMESPACE);
        run("ip", "addr", "add", CLIENT + "/24", "dev", LINK);
        run("ip", "link", "set", LINK, "up");
        inside("link", "add", "bridge", "type", "bridge", "stp_state", "0", "forward_delay", "0");
        inside("link", "set", "bridge", "up");
        inside("link", "set", "client", "master", "bridge", "up");
        for (String node : List.of("sabda", "yagra")) {
            inside("tuntap", "add", node, "mode", "tap");
            inside("link", "set", node, "master", "bridge", "up");
        }
        return guest;
    }

    /** The options of the machine, the same on both nodes but for the port of the bridge. */
    List<String> machine(String node) {
        return List.of(
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-machine",
                "q35",
                "-accel",
                "tcg,thread=multi,tb-size=64",
                "-cpu",
                "Nehalem",
                "-smp",
                "1",
                "-m",
                String.valueOf(MEGABYTES),
                "-kernel",
                folder.resolve("kernel").toString(),
                "-initrd",
                folder.resolve("initrd").toString(),
                "-append",
                "console=ttyS0 quiet panic=-1 mitigations=off address=" + ADDRESS + " load=" + LOAD,
                "-serial",
                "file:" + folder.resolve(node).resolve("console"),
                "-netdev",
                "tap,id=wire,ifname=" + node + ",script=no,downscript=no",
                "-device",
                "virtio-net-pci,netdev=wire,mac=02:6c:c6:12:4f:0a,romfile=");
    }

    /** Removes the network, and with it what is left in the namespace. */
    @Override
    public void close() throws IOException, InterruptedException {
        for (List<String> command :
                List.of(List.of("ip", "link", "del", LINK), List.of("ip", "netns", "del", NAMESPACE))) {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    private static void inside(String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 3];
        command[0] = "ip";
        command[1] = "-n";
        command[2] = NAMESPACE;
        System.arraycopy(words, 0, command, 3, words.length);
        run(command);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }
}
