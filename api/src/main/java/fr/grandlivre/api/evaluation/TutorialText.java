package fr.grandlivre.api.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/**
 * The Markdown of our tutorials as HTML: headings, paragraphs, lists, tables, bold and code. Everything else is shown as it
 * stands; whatever would be a tag is escaped first, so that the result is safe.
 */
public final class TutorialText {
    private static final Pattern NUMBERED = Pattern.compile("\\d+\\. (.*)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern BOLD = Pattern.compile("\\*\\*(.+?)\\*\\*");
    private static final Pattern TABLE_RULE = Pattern.compile("\\|[\\s:|-]+\\|?");

    private final StringBuilder html = new StringBuilder();
    private final List<String> block = new ArrayList<>();
    private Kind kind = Kind.NONE;

    private enum Kind {
        NONE,
        PARAGRAPH,
        BULLETS,
        NUMBERS,
        TABLE
    }

    private TutorialText() {}

    /** @return safe HTML; headings begin at the second level */
    public static String html(String markdown) {
        TutorialText text = new TutorialText();
        markdown.lines().map(String::strip).forEach(text::line);
        text.close();
        return text.html.toString();
    }

    private void line(String line) {
        Matcher numbered = NUMBERED.matcher(line);
        if (line.isEmpty()) {
            close();
        } else if (line.startsWith("## ")) {
            close();
            html.append("<h2>").append(inline(line.substring(3))).append("</h2>");
        } else if (line.startsWith("- ")) {
            add(Kind.BULLETS, line.substring(2));
        } else if (numbered.matches()) {
            add(Kind.NUMBERS, numbered.group(1));
        } else if (line.startsWith("|")) {
            add(Kind.TABLE, line);
        } else {
            add(Kind.PARAGRAPH, line);
        }
    }

    private void add(Kind next, String line) {
        if (kind != next) {
            close();
            kind = next;
        }
        block.add(line);
    }

    private void close() {
        switch (kind) {
            case NONE -> {}
            case PARAGRAPH ->
                html.append("<p>").append(inline(String.join(" ", block))).append("</p>");
            case BULLETS -> list("ul");
            case NUMBERS -> list("ol");
            case TABLE -> table();
        }
        block.clear();
        kind = Kind.NONE;
    }

    private void list(String tag) {
        html.append('<').append(tag).append('>');
        block.forEach(item -> html.append("<li>").append(inline(item)).append("</li>"));
        html.append("</").append(tag).append('>');
    }

    private void table() {
        html.append("<div class=\"scroll\" tabindex=\"0\"><table>");
        List<String> rows =
                block.stream().filter(row -> !TABLE_RULE.matcher(row).matches()).toList();
        for (int i = 0; i < rows.size(); i++) {
            String cell = i == 0 ? "th scope=\"col\"" : "td";
            html.append(i == 0 ? "<thead><tr>" : i == 1 ? "<tbody><tr>" : "<tr>");
            for (String text : rows.get(i).replaceAll("^\\||\\|$", "").split("\\|", -1)) {
                html.append('<').append(cell).append('>').append(inline(text.strip()));
                html.append(i == 0 ? "</th>" : "</td>");
            }
            html.append(i == 0 ? "</tr></thead>" : "</tr>");
        }
        html.append(rows.size() > 1 ? "</tbody></table></div>" : "</table></div>");
    }

    // Code first: what stands in it is no markup.
    private static String inline(String text) {
        StringBuilder out = new StringBuilder();
        Matcher code = CODE.matcher(text);
        int from = 0;
        while (code.find()) {
            out.append(bold(text.substring(from, code.start())));
            out.append("<code>")
                    .append(HtmlUtils.htmlEscape(code.group(1), "UTF-8"))
                    .append("</code>");
            from = code.end();
        }
        return out.append(bold(text.substring(from))).toString();
    }

    private static String bold(String text) {
        return BOLD.matcher(HtmlUtils.htmlEscape(text, "UTF-8")).replaceAll("<strong>$1</strong>");
    }
}
