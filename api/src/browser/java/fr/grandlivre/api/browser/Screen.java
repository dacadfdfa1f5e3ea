package fr.grandlivre.api.browser;

/** The two ways in which every page is looked at. */
enum Screen {
    /** A small phone, held upright, in French. */
    PHONE_FR(320, 640, "fr-FR", true),
    /** A school computer, in English. */
    DESK_EN(1280, 800, "en-GB", false);

    final int width;
    final int height;
    final String language;
    final boolean touch;

    Screen(int width, int height, String language, boolean touch) {
        this.width = width;
        this.height = height;
        this.language = language;
        this.touch = touch;
    }
}
