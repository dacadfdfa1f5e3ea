package fr.grandlivre.events;

/** Fields that name a person would have been recorded although such fields of that person were erased. */
public final class ErasedPersonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ErasedPersonException() {
        super("what names an erased person is not recorded again");
    }
}
