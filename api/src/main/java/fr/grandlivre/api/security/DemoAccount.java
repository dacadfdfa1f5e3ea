package fr.grandlivre.api.security;

import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.Uai;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can sign in to the demonstration.
 *
 * @param login    name typed at sign-in, also the client id of a program that acts for this account
 * @param role     in what capacity
 * @param account  the same at every start, so that the seeded ledger knows it
 * @param school   establishment of a staff member
 * @param password drawn at each start
 */
public record DemoAccount(String login, Role role, AccountId account, Optional<Uai> school, String password) {
    /** Collège des Tilleuls, an invented establishment. */
    public static final Uai TILLEULS = new Uai("0990001A");

    /** Collège du Port, an invented establishment. */
    public static final Uai PORT = new Uai("0990002B");

    /** Signs in, and no establishment and no provider says who it is. */
    public static final String STRANGER = "sans-compte";

    // No letter or digit that is mistaken for another one: these are typed from a console.
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int PASSWORD_LENGTH = 12;

    /** @return the accounts of the demonstration, each with a fresh password */
    public static List<DemoAccount> draw() {
        SecureRandom random = new SecureRandom();
        return List.of(
                account("eleve-tilleuls-5e", Role.LEARNER, null, random),
                account("eleve-tilleuls-3e", Role.LEARNER, null, random),
                account("eleve-port-3e", Role.LEARNER, null, random),
                account("ancienne-eleve", Role.LEARNER, null, random),
                account(STRANGER, Role.LEARNER, null, random),
                account("professeur-tilleuls", Role.TEACHER, TILLEULS, random),
                account("professeur-port", Role.TEACHER, PORT, random),
                account("principale-tilleuls", Role.HEAD, TILLEULS, random),
                account("principal-port", Role.HEAD, PORT, random),
                account("surveillant-tilleuls", Role.INVIGILATOR, TILLEULS, random),
                account("jury-1", Role.JURY, null, random),
                account("jury-2", Role.JURY, null, random),
                account("auditrice", Role.AUDITOR, null, random),
                account("exploitant", Role.OPERATOR, null, random),
                account("exploitante", Role.OPERATOR, null, random),
                account("livret-scolaire", Role.PARTNER, null, random));
    }

    /** @return account id of a login of the demonstration */
    public static AccountId accountOf(String login) {
        return new AccountId(UUID.nameUUIDFromBytes(("demo/" + login).getBytes(StandardCharsets.UTF_8)));
    }

    /** @return whether it is a program, which never signs in by a page */
    public boolean isProgram() {
        return role == Role.PARTNER;
    }

    /** @return whether the provider names neither an account nor a role for it */
    public boolean isStranger() {
        return login.equals(STRANGER);
    }

    private static DemoAccount account(String login, Role role, @Nullable Uai school, SecureRandom random) {
        StringBuilder password = new StringBuilder(PASSWORD_LENGTH);
        for (int i = 0; i < PASSWORD_LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new DemoAccount(login, role, accountOf(login), Optional.ofNullable(school), password.toString());
    }

    /** Never shows the password: records end up in logs. */
    @Override
    public String toString() {
        return "DemoAccount[" + login + ", " + role + "]";
    }
}
