package fr.grandlivre.rules.framework;

import fr.grandlivre.rules.DataNode;
import org.jspecify.annotations.Nullable;

/**
 * The thing that a challenge works on.
 *
 * @param kind how it is shown
 * @param name file name under which it is offered; absent where it is only shown
 * @param alt  what an image shows; present exactly for {@link Kind#SVG}
 * @param body the document itself: rows of cells divided by {@code ;} for tables, source text for the others
 */
public record Document(
        Kind kind, @Nullable String name, @Nullable Text alt, Text body) {
    /** How a document is shown. */
    public enum Kind {
        TABLE,
        CSV,
        TEXT,
        MAIL,
        HTML,
        SVG,
        TREE
    }

    /** @return whether it is an image */
    public boolean isImage() {
        return kind == Kind.SVG;
    }

    /** @return whether it is offered as a file */
    public boolean isFile() {
        return name != null;
    }

    static Document read(DataNode node) {
        node.only("kind", "name", "alt", "fr", "en");
        Kind kind = node.constant("kind", Kind.values());
        String name = node.optionalText("name").orElse(null);
        Text alt = node.has("alt") ? Text.read(node, "alt") : null;
        if ((kind == Kind.SVG) != (alt != null)) {
            node.problem("an image, and nothing else, has an alt text");
        }
        if (kind == Kind.CSV && name == null) {
            node.problem("a csv document needs a file name");
        }
        return new Document(kind, name, alt, new Text(node.text("fr"), node.text("en")));
    }
}
