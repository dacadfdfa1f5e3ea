package fr.grandlivre.query.schoolreport;

import fr.grandlivre.events.schoolreport.SchoolReportEvent.Skipped;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What was written down about a file.
 *
 * @param exportId   names it
 * @param uai        establishment
 * @param schoolYear which roster
 * @param division   class
 * @param profile    form of the file
 * @param rows       pupils in it
 * @param skipped    pupils left out, and why
 * @param readTo     every event up to this ledger position is in it
 * @param rule       rule that decided the mentions
 * @param sha256     of its bytes
 * @param at         when it was recorded
 * @param position   of the event that recorded it
 */
public record ExportReceipt(
        UUID exportId,
        Uai uai,
        SchoolYear schoolYear,
        Division division,
        String profile,
        int rows,
        List<Skipped> skipped,
        long readTo,
        RulesVersion rule,
        String sha256,
        Instant at,
        long position) {}
