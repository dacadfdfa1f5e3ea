package fr.grandlivre.rules.campaign;

import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.rules.verification.CodeSymbols;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Campaign codes as people type them, and how they are drawn (domain rules, campaigns). */
public final class CampaignCodeText {
    /** No vowel, so that no words appear, and no letter that is mistaken for another sign. */
    private static final String LETTERS = "BCDFGHJKMPQRTVWXY";

    private static final String DIGITS = "2346789";
    private static final int LETTERS_OF_CODE = 6;
    private static final int DIGITS_OF_CODE = 3;

    private CampaignCodeText() {}

    /** @return the code that was typed in any case, with spaces or dashes; empty when it is none */
    public static Optional<CampaignCode> parse(String text) {
        return CodeSymbols.normalised(text).flatMap(symbols -> {
            try {
                return Optional.of(new CampaignCode(symbols));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        });
    }

    /** @return one of 8,279,186,167 codes, each as likely */
    public static CampaignCode draw(RandomGenerator random) {
        return new CampaignCode(
                CodeSymbols.draw(random, LETTERS, LETTERS_OF_CODE) + CodeSymbols.draw(random, DIGITS, DIGITS_OF_CODE));
    }

    /** @return the code in groups of three, as it is read out */
    public static String spaced(CampaignCode code) {
        return code.value().replaceAll("(...)(?=.)", "$1 ");
    }
}
