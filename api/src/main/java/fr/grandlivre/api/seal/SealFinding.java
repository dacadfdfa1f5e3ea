package fr.grandlivre.api.seal;

/** What the seal of a dropped file shows. */
public enum SealFinding {
    /** The file is no PDF. */
    NOT_PDF,
    /** A PDF that cannot be read: cut short, or changed where it matters; whether it was ever signed is not known. */
    DAMAGED,
    /** A PDF that nobody signed. */
    UNSIGNED,
    /** A PDF whose signature is not that of this ledger. */
    FOREIGN,
    /** A PDF with the seal of this ledger that was changed, shortened or added to afterwards. */
    ALTERED,
    /** Nothing was changed or added since this ledger sealed it. */
    INTACT
}
