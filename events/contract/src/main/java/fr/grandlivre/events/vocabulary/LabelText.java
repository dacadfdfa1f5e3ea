package fr.grandlivre.events.vocabulary;

/**
 * What may stand in a label that many people read, such as the name of a class or a room: nothing that is invisible, breaks
 * the line or turns the direction of the text around it, so that no label looks like another one.
 */
public final class LabelText {
    private LabelText() {}

    /** @return whether every character of the text is seen, spaces included */
    public static boolean isVisible(String text) {
        return text.codePoints().allMatch(LabelText::isVisible);
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
