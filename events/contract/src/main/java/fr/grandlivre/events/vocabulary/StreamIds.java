package fr.grandlivre.events.vocabulary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Derived stream ids: name-based UUIDs (RFC 9562 version 5) whose namespace is the random id of the parent, so that
 * one thing cannot be created twice and the id says nothing about a person.
 */
public final class StreamIds {
    /** Namespace of the streams of verification codes: sequence 0 of such a stream makes a code unique for ever. */
    private static final UUID VERIFICATION_CODES = UUID.fromString("6d0c8f3e-52b1-4f0a-9d3b-7a1e5c2f9b84");

    /** Namespace of the streams of framework versions. */
    private static final UUID FRAMEWORKS = UUID.fromString("b1f4a0c2-3d6e-4b57-8c19-e0d2f7a6935b");

    /** Namespace of the streams of campaign codes: sequence 0 of such a stream makes a code unique for ever. */
    private static final UUID CAMPAIGN_CODES = UUID.fromString("2f8a61d4-90c7-4e3b-a5f2-6b1d0e7c4839");

    /** Namespace of the streams of session numbers: sequence 0 of such a stream makes a number unique for ever. */
    private static final UUID SESSION_NUMBERS = UUID.fromString("3f5a9d17-84c6-4e0b-a2d1-9b6c70e4f8a3");

    /** Namespace of the streams that give an establishment its one certification centre. */
    private static final UUID CENTRES = UUID.fromString("c80e2b64-17fa-4d95-8e3c-5a94d6b1702f");

    /** Namespace of the streams of versions of the mention rule. */
    private static final UUID MENTION_RULES = UUID.fromString("3c5e9a71-0b84-4d26-9f3a-58d1c7e2b640");

    /** Namespace of the streams of partners' programs. */
    private static final UUID PARTNERS = UUID.fromString("e8a1d3f7-46c2-4b90-8d5e-2f7b9c0a6138");

    /** Namespace of the streams of ways to sign in: such a stream says to which one account a way leads. */
    private static final UUID SIGN_INS = UUID.fromString("7c41e9a8-25d3-4f6b-90b7-c1f8d36e5a02");

    /** Namespace of the streams of attach codes: sequence 0 of such a stream makes a code unique for ever. */
    private static final UUID ATTACH_CODES = UUID.fromString("a96f0c53-e17b-4d28-b4c9-3e5d82f7106a");

    private StreamIds() {}

    /** @return the stream of one learner's answers in one competence */
    public static UUID evaluation(LearnerId learner, CompetenceCode competence) {
        return derived(learner.value(), "evaluation/" + competence.value());
    }

    /** @return the stream of one learner's saved and useful tutorials */
    public static UUID tutorials(LearnerId learner) {
        return derived(learner.value(), "tutorials");
    }

    /** @return the stream of a pupil's place in a school during a school year */
    public static UUID enrolment(SchoolId school, SchoolYear year, LearnerId learner) {
        return derived(school.value(), year.value() + "/" + learner.value());
    }

    /** @return the stream through which all changes of one roster pass */
    public static UUID roster(SchoolId school, SchoolYear year) {
        return derived(school.value(), year.value());
    }

    /** @return the sitting of one candidate; a candidate has one exam in a session */
    public static ExamId exam(SessionId session, CandidateId candidate) {
        return new ExamId(derived(session.value(), candidate.value().toString()));
    }

    /** @return the stream that reserves a session number */
    public static UUID sessionNumber(int number) {
        return derived(SESSION_NUMBERS, Integer.toString(number));
    }

    /** @return the stream that gives an establishment its one certification centre */
    public static UUID centreOf(Uai uai) {
        return derived(CENTRES, uai.value());
    }

    /** @return the stream that lets a learner sit one exam at a time */
    public static UUID examSlot(LearnerId learner) {
        return derived(learner.value(), "exam-slot");
    }

    /**
     * @param number 1 for the first certificate of an exam, 2 for its replacement, …
     * @return the certificate of an exam
     */
    public static CertificateId certificate(ExamId exam, int number) {
        return new CertificateId(derived(exam.value(), "certificate/" + number));
    }

    /** @return the stream of the documents made of a certificate */
    public static UUID documents(CertificateId certificate) {
        return derived(certificate.value(), "documents");
    }

    /** @return the stream of the jury's acts on an imported certificate, whose exam was sat before the ledger */
    public static ExamId importedSitting(CertificateId certificate) {
        return new ExamId(derived(certificate.value(), "sitting"));
    }

    /** @return the stream that reserves a verification code */
    public static UUID verificationCode(VerificationCode code) {
        return derived(VERIFICATION_CODES, code.value());
    }

    /**
     * @param account whose data were read; who read when several persons are concerned
     * @param day     of the readings, Europe/Paris
     * @return the stream of readings
     */
    public static UUID accesses(UUID account, LocalDate day) {
        return derived(account, "accesses/" + day);
    }

    /** @return the stream of what is asked and done about erasing a person's data */
    public static UUID erasures(AccountId person) {
        return derived(person.value(), "erasures");
    }

    /** @return the stream of one version of the reference framework */
    public static UUID framework(FrameworkVersion version) {
        return derived(FRAMEWORKS, version.value());
    }

    /** @return the stream that reserves a campaign code */
    public static UUID campaignCode(CampaignCode code) {
        return derived(CAMPAIGN_CODES, code.value());
    }

    /**
     * @param attempt 1 for the first
     * @return one learner's attempt at a campaign
     */
    public static ParticipationId participation(CampaignId campaign, LearnerId learner, int attempt) {
        return new ParticipationId(derived(campaign.value(), learner.value() + "/" + attempt));
    }

    /** @return the stream of one version of the rule of the mention in the school report */
    public static UUID mentionRule(RulesVersion version) {
        return derived(MENTION_RULES, version.value());
    }

    /**
     * @param client name that the program gives
     * @return the stream of a partner's program
     */
    public static UUID partner(String client) {
        return derived(PARTNERS, client);
    }

    /**
     * @param mac HMAC of the identity provider and its name for the person
     * @return the stream that says where this way to sign in leads
     */
    public static UUID signIn(String mac) {
        return derived(SIGN_INS, mac);
    }

    /**
     * @param mac HMAC of the code
     * @return the stream of a code on paper
     */
    public static UUID attachCode(String mac) {
        return derived(ATTACH_CODES, mac);
    }

    private static UUID derived(UUID namespace, String name) {
        MessageDigest sha1;
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-1", missing);
        }
        sha1.update(ByteBuffer.allocate(16)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .flip());
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
        long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
        long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
