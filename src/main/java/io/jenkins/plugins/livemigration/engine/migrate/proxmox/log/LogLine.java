package io.jenkins.plugins.livemigration.engine.migrate.proxmox.log;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a task log without its prefix.
 *
 * @param stamp when it was printed, by the node's local clock, to the whole second; absent for block jobs' progress, tunnels'
 *     chatter and other programs' complaints
 * @param yearKnown false for the stamps of 4.x and older, which name no year: the year in {@code stamp} is then 2000
 * @param side who said it
 * @param complete whether a line end follows; the last line of a log that was cut may be torn
 */
record LogLine(Optional<LocalDateTime> stamp, boolean yearKnown, Side side, String text, boolean complete) {
    private static final int LEAP_YEAR = 2000;
    private static final Pattern DATED =
            Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) (.*)", Pattern.DOTALL);
    private static final Pattern YEARLESS = Pattern.compile(
            "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([ 0-9][0-9]) ([0-9]{2}):([0-9]{2}):([0-9]{2}) (.*)",
            Pattern.DOTALL);
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    /** Names of nodes have no blanks; what somebody put in place of a date has. */
    private static final Pattern REMOVED_DATE = Pattern.compile("\\[[^\\]]* [^\\]]*\\] (.*)", Pattern.DOTALL);

    private static final Pattern TARGET =
            Pattern.compile("\\[([A-Za-z0-9](?:[A-Za-z0-9-]{0,62}))\\] (.*)", Pattern.DOTALL);

    /** Who said a line. */
    record Side(TaskLog.Remark.Origin origin, String node) {
        static final Side SOURCE = new Side(TaskLog.Remark.Origin.SOURCE, "");
    }

    static LogLine of(String line, boolean complete) {
        Optional<LocalDateTime> stamp = Optional.empty();
        boolean yearKnown = true;
        String rest = line;
        Matcher dated = DATED.matcher(line);
        Matcher yearless = YEARLESS.matcher(line);
        if (dated.matches()) {
            stamp = stamp(dated, number(dated, 1), number(dated, 2), number(dated, 3), 4);
            rest = dated.group(7);
        } else if (yearless.matches()) {
            stamp = stamp(
                    yearless,
                    LEAP_YEAR,
                    MONTHS.indexOf(yearless.group(1)) + 1,
                    Integer.parseInt(yearless.group(2).strip()),
                    3);
            yearKnown = false;
            rest = yearless.group(6);
        } else {
            Matcher removed = REMOVED_DATE.matcher(line);
            rest = removed.matches() ? removed.group(1) : line.stripLeading();
        }
        if (stamp.isEmpty() && (dated.matches() || yearless.matches())) {
            rest = line;
        }
        Matcher target = TARGET.matcher(rest);
        return target.matches()
                ? new LogLine(
                        stamp,
                        yearKnown,
                        new Side(TaskLog.Remark.Origin.TARGET, target.group(1)),
                        target.group(2),
                        complete)
                : new LogLine(stamp, yearKnown, Side.SOURCE, rest, complete);
    }

    private static Optional<LocalDateTime> stamp(Matcher matcher, int year, int month, int day, int firstOfTime) {
        try {
            return Optional.of(LocalDateTime.of(
                    year,
                    month,
                    day,
                    number(matcher, firstOfTime),
                    number(matcher, firstOfTime + 1),
                    number(matcher, firstOfTime + 2)));
        } catch (DateTimeException noSuchMoment) {
            return Optional.empty();
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
