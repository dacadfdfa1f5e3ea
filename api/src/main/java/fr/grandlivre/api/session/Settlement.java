package fr.grandlivre.api.session;

/** What may become of a proposal. */
public enum Settlement {
    CONFIRM,
    WITHDRAW;

    /** @throws IllegalArgumentException for anything else */
    public static Settlement of(String text) {
        return JuryActForm.constant(values(), text);
    }
}
