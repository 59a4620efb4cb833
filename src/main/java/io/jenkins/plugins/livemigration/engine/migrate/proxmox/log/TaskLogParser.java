package io.jenkins.plugins.livemigration.engine.migrate.proxmox.log;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the task log of one migration, as Proxmox VE 3.x to 9.x print it. Any text is a log: lines that are of no known
 * wording are counted and kept, and nothing is ever thrown.
 */
public final class TaskLogParser {
    /** So many unknown lines are kept; all are counted. */
    public static final int MOST_UNKNOWN_KEPT = 1000;

    /** No known line comes near; matching what somebody made up to be long would take long. */
    private static final int LONGEST_LINE = 4000;

    private TaskLogParser() {}

    /** What the log says. */
    public static TaskLog parse(String text) {
        TaskLogBuilder log = new TaskLogBuilder();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            boolean complete = end >= 0;
            String line = text.substring(start, complete ? end : text.length());
            take(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line, complete, log);
            start = complete ? end + 1 : text.length();
        }
        return log.build();
    }

    /** What the log of these lines says, all of which are known to be whole. */
    public static TaskLog parse(List<String> lines) {
        TaskLogBuilder log = new TaskLogBuilder();
        lines.forEach(line -> take(line, true, log));
        return log.build();
    }

    /**
     * Parts a text that holds several tasks' logs, one behind the other, behind each {@code TASK} line.
     *
     * @return at least one text, all of which together are the whole
     */
    public static List<String> split(String text) {
        List<String> logs = new ArrayList<>();
        int begin = 0;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end + 1;
            boolean epilogue = text.startsWith("TASK OK", start)
                    || text.startsWith("TASK ERROR: ", start)
                    || text.startsWith("TASK WARNINGS: ", start);
            if (epilogue && !text.substring(next).isBlank()) {
                logs.add(text.substring(begin, next));
                begin = next;
            }
            start = next;
        }
        logs.add(text.substring(begin));
        return logs;
    }

    static void take(String line, boolean complete, TaskLogBuilder log) {
        if (!line.isBlank()) {
            String shown = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + " [...]" : line;
            log.take(LogLine.of(shown, complete), shown);
        }
    }
}
