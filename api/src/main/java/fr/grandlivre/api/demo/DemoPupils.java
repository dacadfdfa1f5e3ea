package fr.grandlivre.api.demo;

import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.events.vocabulary.LearnerId;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Who goes to the two invented establishments. The first pupil of each class can sign in. */
final class DemoPupils {
    private static final List<String> FIRST_NAMES = List.of(
            "Adèle",
            "Aminata",
            "Basile",
            "Camille",
            "Célestin",
            "Clara",
            "Côme",
            "Dounia",
            "Élise",
            "Émile",
            "Farah",
            "Félix",
            "Gabin",
            "Hana",
            "Ilyès",
            "Inès",
            "Jeanne",
            "Joachim",
            "Kenza",
            "Léonie",
            "Lilian",
            "Louise",
            "Maël",
            "Maïwenn",
            "Malo",
            "Margot",
            "Moussa",
            "Naëlle",
            "Noé",
            "Océane",
            "Oumar",
            "Paola",
            "Quentin",
            "Raphaëlle",
            "Sacha",
            "Salomé",
            "Tiago",
            "Ulysse",
            "Valentine",
            "Yanis",
            "Zélie");
    private static final List<String> LAST_NAMES = List.of(
            "Aubrac",
            "Bellanger",
            "Benhaddou",
            "Carvalho",
            "Chastain",
            "Cissé",
            "Coatmeur",
            "Delmas",
            "Diarra",
            "Estève",
            "Fauvel",
            "Ferreira",
            "Garrigue",
            "Guilloux",
            "Haddad",
            "Hoarau",
            "Isambert",
            "Jolivet",
            "Kermarec",
            "Lagarde",
            "Le Guen",
            "Lombard",
            "Marchand",
            "Mercadier",
            "N’Diaye",
            "Nguyen",
            "Orsini",
            "Pelletier",
            "Perrault",
            "Quéré",
            "Rambert",
            "Rousselet",
            "Saïdi",
            "Tanguy",
            "Tessier",
            "Urbain",
            "Vasseur",
            "Viguier",
            "Wagner",
            "Ximenes",
            "Zeller");
    private static final List<String> BIRTH_PLACES =
            List.of("Rennes", "Nantes", "Lille", "Lyon 3", "Marseille 8", "Bordeaux", "Fort-de-France", "Strasbourg");

    /** Pupils of 3eA who differ from the others. */
    private static final int HOMONYM = 17;

    private static final int HOMONYM_OF = 4;
    private static final int WITHOUT_INE = 11;
    private static final int WITHOUT_EVENT = 29;

    private DemoPupils() {}

    /** @return 30 pupils of 3eA of Tilleuls: a third of them find it hard */
    static List<DemoPupil> tilleuls3eA() {
        return IntStream.range(0, 30)
                .mapToObj(
                        i -> pupil("3eA", i, "eleve-tilleuls-3e", 2007, i % 3 == 2 ? -0.6 + i * 0.03 : 2.2 + i * 0.07))
                .toList();
    }

    /** @return the pupils of 5eA of Tilleuls */
    static List<DemoPupil> tilleuls5eA() {
        return IntStream.range(0, 8)
                .mapToObj(i -> pupil("5eA", i, "eleve-tilleuls-5e", 2009, 1.2 + i * 0.3))
                .toList();
    }

    /** @return the pupils of 3eB of Port */
    static List<DemoPupil> port3eB() {
        return IntStream.range(0, 8)
                .mapToObj(i -> pupil("3eB", i, "eleve-port-3e", 2007, i == 0 ? 4.0 : 0.8 + i * 0.4))
                .toList();
    }

    /**
     * The other pupils of a class.
     *
     * @param group   names them in the seed
     * @param first   number of the first one
     * @param end     number after the last one
     * @param ability of those who find it hardest, in the last school year
     */
    static List<DemoPupil> more(String group, int first, int end, int born, double ability) {
        return IntStream.range(first, end)
                .mapToObj(i -> pupil(group, i, null, born, ability + i * 7 % 10 * 0.32))
                .toList();
    }

    /** @return 30 pupils of a class of a large school, hardly any of them a homonym of somebody elsewhere */
    static List<DemoPupil> crowd(String group, int born) {
        int shift = DemoSeed.chance("crowd/" + group).nextInt(LAST_NAMES.size());
        return more(group, 0, 30, born, 1.0).stream()
                .map(pupil -> pupil.named(pupil.lastName() + "-" + LAST_NAMES.get(shift)))
                .toList();
    }

    private static DemoPupil pupil(String division, int number, @Nullable String login, int born, double ability) {
        String name = String.format(Locale.ROOT, "%s-%02d", division, number + 1);
        boolean homonym = division.equals("3eA") && number == HOMONYM;
        int named = homonym ? HOMONYM_OF : number;
        int shift = division.hashCode() & 0xff;
        SplittableRandom chance = DemoSeed.chance("pupil/" + name);
        LocalDate birthDate = LocalDate.ofYearDay(born, 1 + chance.nextInt(365));
        String ine = String.format(
                Locale.ROOT,
                "%09d%c%c",
                chance.nextInt(1_000_000_000),
                'A' + chance.nextInt(26),
                'A' + chance.nextInt(26));
        boolean inThirdA = division.equals("3eA");
        return new DemoPupil(
                name,
                login != null && number == 0
                        ? new LearnerId(DemoAccount.accountOf(login).value())
                        : new LearnerId(DemoSeed.id("learner/" + name)),
                FIRST_NAMES.get((shift + named * 7) % FIRST_NAMES.size()),
                LAST_NAMES.get((shift + named * 11) % LAST_NAMES.size()),
                birthDate,
                BIRTH_PLACES.get(chance.nextInt(BIRTH_PLACES.size())),
                inThirdA && number == WITHOUT_INE ? null : ine,
                ability,
                !(inThirdA && number == WITHOUT_EVENT));
    }
}
