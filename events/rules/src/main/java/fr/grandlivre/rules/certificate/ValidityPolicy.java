package fr.grandlivre.rules.certificate;

import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.rules.DataNode;
import fr.grandlivre.rules.ShippedFiles;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long a certificate is valid (domain rules, validity policy).
 *
 * @param version   its name, {@code 3y-1}
 * @param validFrom first delivery day it applies to
 * @param years     calendar years from the delivery day
 */
public record ValidityPolicy(RulesVersion version, LocalDate validFrom, int years) {
    /** @return all policies, earliest first */
    public static List<ValidityPolicy> shipped() {
        return Shipped.POLICIES;
    }

    /** @return the policy for certificates delivered that day; the earliest for older days */
    public static ValidityPolicy inForceOn(LocalDate delivered) {
        return Shipped.POLICIES.reversed().stream()
                .filter(policy -> !policy.validFrom().isAfter(delivered))
                .findFirst()
                .orElseGet(Shipped.POLICIES::getFirst);
    }

    /** @return the policy of that name; empty when it is unknown */
    public static Optional<ValidityPolicy> find(RulesVersion version) {
        return Shipped.POLICIES.stream()
                .filter(policy -> policy.version().equals(version))
                .findFirst();
    }

    /** @return last valid day, inclusive; 29 February becomes 28 February in common years */
    public LocalDate validUntil(LocalDate delivered) {
        return delivered.plusYears(years);
    }

    static ValidityPolicy read(DataNode file) {
        file.only("version", "validFrom", "years");
        return new ValidityPolicy(
                file.parsed("version", RulesVersion::new, new RulesVersion("0")),
                file.parsed("validFrom", LocalDate::parse, LocalDate.EPOCH),
                file.number("years", 1, 100));
    }

    /** Reads the files once, when first asked for. */
    private static final class Shipped {
        private static final List<ValidityPolicy> POLICIES = Stream.of("3y-1")
                .map(name -> "rules/certificate/" + name + ".yaml")
                .map(path -> DataNode.checked(path, ShippedFiles.text(path), ValidityPolicy::read))
                .sorted(Comparator.comparing(ValidityPolicy::validFrom))
                .toList();
    }
}
