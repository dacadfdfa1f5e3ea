package fr.grandlivre.api.schoolreport;

import fr.grandlivre.api.request.CsvFile;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.SkipReason;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.Skipped;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.schoolreport.ClassReport;
import fr.grandlivre.query.schoolreport.ClassReport.Filed;
import fr.grandlivre.query.schoolreport.ClassReport.Line;
import fr.grandlivre.rules.schoolreport.FileProfile;
import fr.grandlivre.rules.schoolreport.FileProfile.Column;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file of certifications of a class: one line a pupil who has one, but for those who are held back. The same lines give
 * the same bytes. Immutable.
 *
 * @param csv     the table
 * @param rows    pupils in it
 * @param skipped pupils left out, in the order of the class
 */
record CertificationFile(CsvFile csv, int rows, List<Skipped> skipped) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);

    /**
     * @param homonymsChecked whether the head said that pupils of the same names are right as they stand
     */
    static CertificationFile of(ClassReport report, FileProfile profile, boolean homonymsChecked) {
        Checks checks = Checks.of(report);
        CsvFile csv = new CsvFile(profile.columns().stream().map(Column::label).toList());
        List<Skipped> skipped = new ArrayList<>();
        int rows = 0;
        for (Line line : report.lines()) {
            Optional<SkipReason> reason = checks.reason(line, homonymsChecked);
            Filed filed = line.filed();
            if (reason.isPresent() || filed == null) {
                skipped.add(new Skipped(line.learner(), reason.orElse(SkipReason.NO_CERTIFICATION)));
            } else {
                csv.row(profile.columns().stream()
                        .map(column -> cell(column, line, filed, profile))
                        .toList());
                rows++;
            }
        }
        return new CertificationFile(csv, rows, List.copyOf(skipped));
    }

    private static String cell(Column column, Line line, Filed filed, FileProfile profile) {
        return switch (column.kind()) {
            case NUMBER -> Long.toString(filed.number());
            case FIRST_NAME -> typed(line.firstName());
            case LAST_NAME -> typed(line.lastName());
            case BIRTH_DATE -> line.birthDate() == null ? "" : DAY.format(line.birthDate());
            case BIRTH_PLACE -> typed(filed.birthPlace());
            case EXTERNAL_ID -> typed(line.ine());
            case STATUS -> profile.word(filed.status());
            case PIX -> Integer.toString(filed.pix());
            case LEVEL -> level(column.competence(), filed, profile);
            case COMMENT -> typed(filed.comment());
            case SESSION -> filed.session() == null ? "" : Integer.toString(filed.session());
            case CENTRE -> typed(filed.centre());
            case EXAM_DATE -> DAY.format(filed.examDate());
        };
    }

    private static String level(CompetenceCode competence, Filed filed, FileProfile profile) {
        Level certified = filed.certified().get(competence);
        if (certified != null) {
            return Integer.toString(certified.value());
        }
        return filed.tested().containsKey(competence) ? "0" : profile.notTested();
    }

    private static String typed(@Nullable String text) {
        return text == null ? "" : CsvFile.typed(text);
    }

    /** @return the bytes as they leave the house */
    byte[] content() {
        return csv.text().getBytes(StandardCharsets.UTF_8);
    }

    /** @return SHA-256 of the bytes, 64 hexadecimal digits */
    String sha256() {
        return sha256(content());
    }

    /** @return SHA-256 of what leaves the house, 64 hexadecimal digits */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** @return name under which a browser keeps it */
    static String name(Uai uai, Division division, LocalDate day) {
        String safe = division.value().replaceAll("[^\\p{L}\\p{N}-]", "-");
        return "certifications_" + uai + "_" + safe + "_" + day + ".csv";
    }
}
