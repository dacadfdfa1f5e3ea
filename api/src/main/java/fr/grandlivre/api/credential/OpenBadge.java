package fr.grandlivre.api.credential;

import fr.grandlivre.api.log.Proofs;
import fr.grandlivre.api.wiring.PublicAddress;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.query.certificate.DocumentQueries.Purpose;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.certificate.StatusPlace;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A certificate in the words of Open Badges 3.0, before it is signed. Pure.
 *
 * @param frameworks what competences are called
 * @param address    of the issuer
 */
record OpenBadge(Frameworks frameworks, PublicAddress address) {
    private static final String ISSUER_NAME = "Grand Livre";

    /**
     * @param holder identity as printed
     * @param place  in the status lists
     * @param event  by which the certificate began
     */
    ObjectNode of(CertificateStatement certificate, CertificateHolder holder, StatusPlace place, UUID event) {
        ObjectNode credential = JsonNodeFactory.instance.objectNode();
        credential.putArray("@context").add(BundledContexts.CREDENTIALS).add(BundledContexts.OPEN_BADGES);
        credential.put("id", "urn:uuid:" + certificate.certificate().value());
        credential.putArray("type").add("VerifiableCredential").add("OpenBadgeCredential");
        credential.put("name", "Certification des compétences numériques");
        ObjectNode issuer = credential.putObject("issuer").put("id", address.did());
        issuer.putArray("type").add("Profile");
        issuer.put("name", ISSUER_NAME);
        String delivered = beginning(certificate.deliveredDate());
        credential.put("validFrom", delivered);
        credential.put("awardedDate", delivered);
        // The last instant of the last valid day: a whole second before the next one begins.
        credential.put(
                "validUntil",
                instant(certificate.standing().validUntil().plusDays(1))
                        .minusSeconds(1)
                        .toString());
        subject(credential.putObject("credentialSubject"), certificate, holder);
        ObjectNode evidence = credential.putArray("evidence").addObject();
        evidence.put("id", address.at(Proofs.BY_EVENT + event));
        evidence.putArray("type").add("Evidence");
        evidence.put("name", "Preuve d’inscription au registre");
        evidence.put("genre", "tlog-proof");
        ArrayNode status = credential.putArray("credentialStatus");
        for (Purpose purpose : Purpose.values()) {
            status(status.addObject(), purpose, place);
        }
        return credential;
    }

    private void subject(ObjectNode subject, CertificateStatement certificate, CertificateHolder holder) {
        Framework framework = frameworks.of(certificate.framework());
        String achievement = achievementAddress(Achievement.name(framework, certificate.maxReachableLevel()));
        subject.putArray("type").add("AchievementSubject");
        subject.put("activityEndDate", beginning(certificate.examDate()));
        subject.put("licenseNumber", certificate.code().value());
        subject.putArray("identifier")
                .addObject()
                .put("type", "IdentityObject")
                // A hashed name would be guessed in no time.
                .put("hashed", false)
                .put("identityType", "name")
                .put("identityHash", holder.firstName() + " " + holder.lastName());
        subject.set("achievement", Achievement.of(achievement, framework, certificate.maxReachableLevel()));
        ArrayNode results = subject.putArray("result");
        certificate
                .levels()
                .forEach((code, level) -> result(results, Achievement.resultOf(achievement, code), level.value()));
        if (certificate.pix() != null) {
            result(results, achievement + "#pix", certificate.pix().value());
        }
    }

    private static void result(ArrayNode results, String description, int value) {
        ObjectNode result = results.addObject();
        result.putArray("type").add("Result");
        result.put("resultDescription", description);
        result.put("value", Integer.toString(value));
    }

    private void status(ObjectNode entry, Purpose purpose, StatusPlace place) {
        String list = StatusLists.address(address, purpose, place.list());
        entry.put("id", list + "#" + place.index());
        entry.put("type", "BitstringStatusListEntry");
        entry.put("statusPurpose", purpose.name().toLowerCase(Locale.ROOT));
        entry.put("statusListIndex", Integer.toString(place.index()));
        entry.put("statusListCredential", list);
    }

    /** @return where an achievement of that name is described */
    String achievementAddress(String name) {
        return address.at("/credentials/achievements/" + name);
    }

    private static String beginning(LocalDate day) {
        return instant(day).toString();
    }

    private static Instant instant(LocalDate day) {
        return day.atStartOfDay(ParisDays.ZONE).toInstant();
    }
}
