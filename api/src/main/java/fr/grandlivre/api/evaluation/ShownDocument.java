package fr.grandlivre.api.evaluation;

import fr.grandlivre.rules.framework.Document;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A document, cut up for a page.
 *
 * @param kind    table, csv, text, mail, html, svg or tree
 * @param name    file name; absent when it is only shown
 * @param alt     what an image shows; absent for others
 * @param source  the document as it stands; the part below the head for a mail
 * @param rows    cells of a table or csv, header first; empty for others
 * @param head    lines of a mail's head; empty for others
 * @param tree    branches of a tree; empty for others
 */
record ShownDocument(
        String kind,
        @Nullable String name,
        @Nullable String alt,
        String source,
        List<List<String>> rows,
        List<Line> head,
        List<Branch> tree) {
    /** One line of a mail's head. */
    record Line(String name, String value) {}

    /** A folder, file or entry with what lies in it. */
    record Branch(String label, List<Branch> below) {}

    static ShownDocument of(Document document, Locale language) {
        String source = document.body().in(language).stripTrailing();
        String alt = document.alt() == null ? null : document.alt().in(language);
        String kind = document.kind().name().toLowerCase(Locale.ROOT);
        return switch (document.kind()) {
            case TABLE, CSV ->
                new ShownDocument(kind, document.name(), alt, source, rows(source), List.of(), List.of());
            case MAIL -> mail(kind, document.name(), source);
            case TREE -> new ShownDocument(kind, document.name(), alt, source, List.of(), List.of(), tree(source));
            case TEXT, HTML, SVG ->
                new ShownDocument(kind, document.name(), alt, source, List.of(), List.of(), List.of());
        };
    }

    private static List<List<String>> rows(String source) {
        return source.lines()
                .filter(line -> !line.isBlank())
                .map(line ->
                        Arrays.stream(line.split(";", -1)).map(String::strip).toList())
                .toList();
    }

    private static ShownDocument mail(String kind, @Nullable String name, String source) {
        List<Line> head = new ArrayList<>();
        List<String> lines = source.lines().toList();
        int next = 0;
        while (next < lines.size()
                && lines.get(next).contains(":")
                && !lines.get(next).isBlank()) {
            String[] parts = lines.get(next).split("\\s?:", 2);
            head.add(new Line(parts[0].strip(), parts[1].strip()));
            next++;
        }
        String body = String.join("\n", lines.subList(next, lines.size())).strip();
        return new ShownDocument(kind, name, null, body, List.of(), List.copyOf(head), List.of());
    }

    private static List<Branch> tree(String source) {
        List<Branch> roots = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        for (String line : source.lines().filter(text -> !text.isBlank()).toList()) {
            int indent = line.length() - line.stripLeading().length();
            while (!open.isEmpty() && open.peek().indent() >= indent) {
                open.pop();
            }
            Branch branch = new Branch(line.strip(), new ArrayList<>());
            (open.isEmpty() ? roots : open.peek().branch().below()).add(branch);
            open.push(new Open(indent, branch));
        }
        return roots;
    }

    private record Open(int indent, Branch branch) {}
}
