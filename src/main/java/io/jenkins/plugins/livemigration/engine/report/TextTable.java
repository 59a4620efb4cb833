package io.jenkins.plugins.livemigration.engine.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A table of text that adapts to the width: what can be spared is shortened or left out, in the order that the columns
 * say; if it is still too wide, every row becomes a block of lines.
 */
final class TextTable {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    TextTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param right whether it is set flush right
     * @param spare 0 if it cannot be spared; the highest number is spared first
     */
    record Column(String title, boolean right, int spare) {
        static Column text(String title) {
            return new Column(title, false, 0);
        }

        static Column number(String title) {
            return new Column(title, true, 0);
        }

        Column spare(int order) {
            return new Column(title, right, order);
        }
    }

    /**
     * A cell.
     *
     * @param shorter what is left of it when its column is spared; a column whose cells leave nothing goes
     */
    record Cell(String text, String shorter, TerminalText.Tone tone) {
        static Cell of(String text) {
            return new Cell(text, "", TerminalText.Tone.PLAIN);
        }
    }

    void add(List<Cell> row) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException(row.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(List.copyOf(row));
    }

    void print(TerminalText out, int width) {
        List<Laid> shown = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            shown.add(lay(i, false, out));
        }
        while (shown.stream().mapToInt(Laid::width).sum() + GAP.length() * (shown.size() - 1) > width) {
            Optional<Laid> spare = shown.stream()
                    .filter(laid -> laid.column().spare() > 0 && !laid.shortened())
                    .max(Comparator.comparing(laid -> laid.column().spare()));
            if (spare.isEmpty()) {
                printAsBlocks(out);
                return;
            }
            Laid shorter = lay(columns.indexOf(spare.get().column()), true, out);
            if (shorter.cells().stream().allMatch(cell -> cell.text().isEmpty())) {
                shown.remove(spare.get());
            } else {
                shown.set(shown.indexOf(spare.get()), shorter);
            }
        }
        int head = shown.stream().mapToInt(laid -> laid.title().size()).max().orElse(1);
        for (int line = 0; line < head; line++) {
            int fromEnd = head - line;
            StringBuilder text = new StringBuilder();
            for (Laid laid : shown) {
                int index = laid.title().size() - fromEnd;
                String word = index < 0 ? "" : laid.title().get(index);
                text.append(laid.pad(word, word)).append(GAP);
            }
            out.raw(text.toString());
        }
        StringBuilder rule = new StringBuilder();
        shown.forEach(laid -> rule.append(out.plain("─".repeat(laid.width()))).append(GAP));
        out.raw(rule.toString());
        for (int row = 0; row < rows.size(); row++) {
            StringBuilder line = new StringBuilder();
            for (Laid laid : shown) {
                Cell cell = laid.cells().get(row);
                line.append(laid.pad(cell.text(), out.coloured(cell.text(), cell.tone())))
                        .append(GAP);
            }
            out.raw(line.toString());
        }
    }

    private void printAsBlocks(TerminalText out) {
        int label = columns.stream()
                .mapToInt(column -> out.plain(column.title()).length())
                .max()
                .orElse(0);
        for (List<Cell> row : rows) {
            for (int i = 0; i < columns.size(); i++) {
                String title = out.plain(columns.get(i).title());
                String text =
                        out.coloured(out.plain(row.get(i).text()), row.get(i).tone());
                out.raw(title + " ".repeat(label - title.length()) + GAP + text);
            }
            if (row != rows.get(rows.size() - 1)) {
                out.blank();
            }
        }
    }

    private Laid lay(int index, boolean shortened, TerminalText out) {
        Column column = columns.get(index);
        List<Cell> cells = rows.stream()
                .map(row -> row.get(index))
                .map(cell -> new Cell(out.plain(shortened ? cell.shorter() : cell.text()), "", cell.tone()))
                .toList();
        int widest = cells.stream().mapToInt(cell -> cell.text().length()).max().orElse(0);
        String title = out.plain(column.title());
        List<String> lines = title.length() <= widest ? List.of(title) : List.of(title.split(" ", 2));
        int width =
                Math.max(widest, lines.stream().mapToInt(String::length).max().orElse(0));
        return new Laid(column, shortened, lines, cells, width);
    }

    /** A column as it is about to be printed. */
    private record Laid(Column column, boolean shortened, List<String> title, List<Cell> cells, int width) {
        String pad(String text, String shown) {
            String padding = " ".repeat(width - text.length());
            return column.right() ? padding + shown : shown + padding;
        }
    }
}
