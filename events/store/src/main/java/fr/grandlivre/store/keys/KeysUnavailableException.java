package fr.grandlivre.store.keys;

/** The database of the keys does not answer. Nothing was sealed or opened; a retry is safe. */
public final class KeysUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeysUnavailableException(Throwable cause) {
        super("the keys of personal data cannot be reached: try again", cause);
    }
}
