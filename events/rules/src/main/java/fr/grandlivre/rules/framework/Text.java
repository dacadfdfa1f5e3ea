package fr.grandlivre.rules.framework;

import fr.grandlivre.rules.DataNode;
import java.util.Locale;

/**
 * The same text in both languages of the product.
 *
 * @param fr French
 * @param en English
 */
public record Text(String fr, String en) {
    /** @return English for English, else French */
    public String in(Locale language) {
        return Locale.ENGLISH.getLanguage().equals(language.getLanguage()) ? en : fr;
    }

    static Text read(DataNode parent, String field) {
        return read(parent.object(field));
    }

    static Text read(DataNode node) {
        node.only("fr", "en");
        return new Text(node.text("fr"), node.text("en"));
    }
}
