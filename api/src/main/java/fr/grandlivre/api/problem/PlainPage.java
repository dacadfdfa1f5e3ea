package fr.grandlivre.api.problem;

/** A page for when nothing may be asked for or found out, not even a language: it says its sentence in both. */
public final class PlainPage {
    private static final String PAGE = """
        <!DOCTYPE html>
        <html lang="fr">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>%1$s · Grand Livre</title>
          <link rel="stylesheet" href="/assets/app.css">
        </head>
        <body>
        <main class="container">
          <h1>%1$s</h1>
          <p>%2$s</p>
          <p lang="en">%3$s</p>
          <p><a href="/">Revenir à l’accueil</a> · <a href="/" lang="en">Back to the home page</a></p>
        </main>
        </body>
        </html>
        """;

    private PlainPage() {}

    /**
     * @param title   French
     * @param french  what happened, and what to do
     * @param english the same
     * @return the page; nothing of it is escaped
     */
    public static String of(String title, String french, String english) {
        return PAGE.formatted(title, french, english);
    }
}
