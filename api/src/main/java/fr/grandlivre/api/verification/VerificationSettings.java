package fr.grandlivre.api.verification;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may set about verifications.
 *
 * @param lookUpsPerMinute look-ups that one client address may make in a minute: ten are plenty for a person, and make
 *                         going through 191 million codes hopeless
 */
@ConfigurationProperties("grandlivre.verification")
public record VerificationSettings(@DefaultValue("10") int lookUpsPerMinute) {
    public VerificationSettings {
        if (lookUpsPerMinute < 1) {
            throw new IllegalArgumentException("grandlivre.verification.look-ups-per-minute must be at least 1");
        }
    }
}
