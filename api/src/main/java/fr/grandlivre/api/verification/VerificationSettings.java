package fr.grandlivre.api.verification;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may set about verifications.
 *
 * @param lookUpsPerMinute  look-ups that one client address may make in a minute: ten are plenty for a person, and make
 *                          going through 191 million codes hopeless
 * @param wrongFactsPerHour wrong keys or names that may be tried for one code in an hour, whoever tries: a holder mistypes
 *                          twice, and a guesser needs millions
 * @param missesPerMinute   codes without an answer that all clients together may ask for in a minute, before a code alone
 *                          is answered no more; whoever holds the certificate and types a second fact still passes
 */
@ConfigurationProperties("grandlivre.verification")
public record VerificationSettings(
        @DefaultValue("10") int lookUpsPerMinute,
        @DefaultValue("5") int wrongFactsPerHour,
        @DefaultValue("200") int missesPerMinute) {
    public VerificationSettings {
        if (lookUpsPerMinute < 1 || wrongFactsPerHour < 1 || missesPerMinute < 1) {
            throw new IllegalArgumentException("limits of grandlivre.verification must be at least 1");
        }
    }
}
