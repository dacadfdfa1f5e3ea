package fr.grandlivre.api.certificate;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.command.certificate.CertificateCommand.ImportCertificate;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.rules.verification.CertificateKey;
import fr.grandlivre.rules.verification.VerificationCodeText;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of the time before the ledger, as its source states it. What the source does not state is left out.
 *
 * @param learner       whose; left out for somebody without an account, who then gets an id for life
 * @param code          verification code as printed
 * @param source        where it comes from
 * @param holder        as printed
 * @param centre        where the exam took place
 * @param examDate      day of the exam
 * @param deliveredDate day of delivery
 * @param validUntil    last valid day
 * @param competences   certified levels
 * @param pix           total
 * @param pixMax        scale of the total
 * @param overallLevel  level of the total
 */
record ImportRequest(
        @Nullable String learner,
        @Nullable String code,
        @Nullable String source,
        @Nullable Holder holder,
        @Nullable Place centre,
        @Nullable String examDate,
        @Nullable String deliveredDate,
        @Nullable String validUntil,
        @Nullable List<@Nullable Certified> competences,
        @Nullable Integer pix,
        @Nullable Integer pixMax,
        @Nullable Integer overallLevel) {
    private static final int MOST_PIX = 1024;
    private static final int GREATEST_LEVEL = 8;

    /** @param key printed beside the code; left out when the source states none */
    record Holder(
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String birthDate,
            @Nullable String birthPlace,
            @Nullable String key) {}

    record Place(@Nullable String name) {}

    record Certified(@Nullable String code, @Nullable Integer level) {}

    /**
     * @param today civil day, Europe/Paris
     * @throws ProblemException 422 with everything that cannot be accepted
     */
    ImportCertificate command(LocalDate today) {
        Fields fields = new Fields();
        UUID person = learner == null ? UUID.randomUUID() : fields.uuid("/learner", learner);
        String printed = fields.text("/code", code, Fields.LONGEST_NAME);
        if (!printed.isEmpty() && VerificationCodeText.parse(printed) instanceof VerificationCodeText.Refused) {
            fields.refuse("/code", "invalid");
        }
        LocalDate exam = fields.day("/examDate", examDate);
        LocalDate delivered = fields.day("/deliveredDate", deliveredDate);
        LocalDate valid = fields.day("/validUntil", validUntil);
        String place = fields.text("/centre/name", centre == null ? null : centre.name(), Fields.LONGEST_NAME);
        SortedMap<CompetenceCode, Level> levels = levels(fields);
        Pix total = pix == null ? null : new Pix(fields.number("/pix", pix, 0, MOST_PIX));
        Pix most = pixMax == null ? null : new Pix(fields.number("/pixMax", pixMax, 0, MOST_PIX));
        Level overall = overallLevel == null
                ? null
                : new Level(fields.number("/overallLevel", overallLevel, 0, GREATEST_LEVEL));
        String from = fields.text("/source", source, ImportCertificate.LONGEST_SOURCE);
        CertificateHolder who = holder(fields, today);
        fields.check();
        return new ImportCertificate(
                new CertificateId(UUID.randomUUID()),
                new LearnerId(person),
                printed,
                exam,
                delivered,
                valid,
                new Centre(null, place),
                levels,
                total,
                most,
                overall,
                from,
                who);
    }

    private SortedMap<CompetenceCode, Level> levels(Fields fields) {
        SortedMap<CompetenceCode, Level> levels = new TreeMap<>();
        if (competences == null || competences.isEmpty()) {
            fields.refuse("/competences", "missing");
            return levels;
        }
        for (int i = 0; i < competences.size(); i++) {
            String at = "/competences/" + i;
            Certified line = competences.get(i);
            if (line == null) {
                fields.refuse(at, "missing");
                continue;
            }
            CompetenceCode of =
                    fields.parsed(at + "/code", line.code(), CompetenceCode::new, new CompetenceCode("1.1"));
            Level level = new Level(fields.number(at + "/level", line.level(), 1, GREATEST_LEVEL));
            if (levels.put(of, level) != null && fields.violations().isEmpty()) {
                fields.refuse(at + "/code", "invalid");
            }
        }
        return levels;
    }

    private CertificateHolder holder(Fields fields, LocalDate today) {
        Holder stated = holder == null ? new Holder(null, null, null, null, null) : holder;
        String key = stated.key() == null
                ? null
                : fields.parsed(
                        "/holder/key",
                        stated.key(),
                        text -> CertificateKey.parse(text)
                                .orElseThrow(IllegalArgumentException::new)
                                .symbols(),
                        "");
        return new CertificateHolder(
                fields.text("/holder/firstName", stated.firstName(), Fields.LONGEST_NAME),
                fields.text("/holder/lastName", stated.lastName(), Fields.LONGEST_NAME),
                fields.birthDate("/holder/birthDate", stated.birthDate(), today),
                fields.text("/holder/birthPlace", stated.birthPlace(), Fields.LONGEST_NAME),
                key);
    }

    /** Never shows what identifies the holder. */
    @Override
    public String toString() {
        return "ImportRequest";
    }
}
