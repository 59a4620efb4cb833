package io.jenkins.plugins.livemigration.engine.migrate.podman;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The packet filter rules that CRIU leaves on the source: one for each TCP connection and direction, which drops what does
 * not carry CRIU's mark. With them in place, a later migration back is silently dropped. Only rules that carry that mark
 * AND belong to one of this workload's own sockets are its leftovers; everything else is somebody else's.
 */
final class CriuRules {
    /** CRIU's own mark, {@code SOCCR_MARK} in its sources. */
    private static final String MARK = "0xc114";

    private CriuRules() {}

    /** Script lines that print the candidates: {@code rule4 -A ...} and {@code rule6 -A ...}. */
    static String list() {
        return """
                iptables-save -t filter 2>/dev/null | sed -n '/%1$s/s/^-A /rule4 -A /p'
                ip6tables-save -t filter 2>/dev/null | sed -n '/%1$s/s/^-A /rule6 -A /p'
                """.formatted(MARK);
    }

    /**
     * The commands, as words, that remove this workload's rules.
     *
     * @param addresses that belong to the workload alone
     * @param localPorts of the workload's sockets in the host's network
     */
    static List<List<String>> removals(String listed, Set<String> addresses, Set<Integer> localPorts) {
        List<List<String>> commands = new ArrayList<>();
        for (String line : listed.lines().toList()) {
            List<String> words = Arrays.asList(line.strip().split("\\s+", -1));
            boolean six = words.get(0).equals("rule6");
            if (words.size() < 3 || !(six || words.get(0).equals("rule4")) || !isCriuDrop(words)) {
                continue;
            }
            if (ours(words, addresses, localPorts)) {
                List<String> command = new ArrayList<>(List.of(six ? "ip6tables" : "iptables", "-w", "5", "-D"));
                command.addAll(words.subList(2, words.size()));
                commands.add(command);
            }
        }
        return commands;
    }

    private static boolean isCriuDrop(List<String> words) {
        int mark = words.indexOf("--mark");
        boolean unmarked = mark > 0
                && words.get(mark - 1).equals("!")
                && after(words, "--mark").startsWith(MARK);
        return unmarked && after(words, "-j").equals("DROP");
    }

    private static boolean ours(List<String> words, Set<String> addresses, Set<Integer> localPorts) {
        boolean inbound = switch (words.get(2)) {
            case "INPUT" -> true;
            case "OUTPUT" -> false;
            default -> after(words, "--dport").isEmpty();
        };
        String address = FloatingAddressSwitch.bareAddress(after(words, inbound ? "-d" : "-s"));
        String port = after(words, inbound ? "--dport" : "--sport");
        if (address.isEmpty() || port.isEmpty()) {
            return false;
        }
        return addresses.contains(address) || localPorts.contains(Integer.parseInt(port));
    }

    private static String after(List<String> words, String option) {
        int at = words.indexOf(option);
        return at < 0 || at + 1 >= words.size() ? "" : words.get(at + 1);
    }
}
