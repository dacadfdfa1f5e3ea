package fr.grandlivre.rules.schoolreport;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.rules.DataNode;
import fr.grandlivre.rules.ShippedFiles;
import fr.grandlivre.rules.schoolreport.MentionRule.ReportStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Form of a file of certifications (formats, CSV per class).
 *
 * @param name      stands in receipts
 * @param statuses  words of all statuses
 * @param notTested stands for a level that there is not
 * @param columns   in order
 */
public record FileProfile(String name, Map<ReportStatus, String> statuses, String notTested, List<Column> columns) {
    public FileProfile {
        statuses = Map.copyOf(statuses);
        columns = List.copyOf(columns);
    }

    /** What a column holds. */
    public enum Kind {
        NUMBER,
        FIRST_NAME,
        LAST_NAME,
        BIRTH_DATE,
        BIRTH_PLACE,
        EXTERNAL_ID,
        STATUS,
        PIX,
        /** The level in the competence that the label names. */
        LEVEL,
        COMMENT,
        SESSION,
        CENTRE,
        EXAM_DATE
    }

    /**
     * @param label first line of the file
     * @param kind  what it holds
     */
    public record Column(String label, Kind kind) {
        /** @return the competence of a level's column */
        public CompetenceCode competence() {
            return new CompetenceCode(label);
        }
    }

    /** @return the file of one class, one line a pupil */
    public static FileProfile ofClass() {
        return Shipped.OF_CLASS;
    }

    /** @return the word of a status */
    public String word(ReportStatus status) {
        return Objects.requireNonNull(statuses.get(status));
    }

    static FileProfile read(DataNode file) {
        file.only("profile", "statuses", "notTested", "columns");
        DataNode words = file.object("statuses");
        Map<ReportStatus, String> statuses = new EnumMap<>(ReportStatus.class);
        for (ReportStatus status : ReportStatus.values()) {
            statuses.put(status, words.text(DataNode.wireName(status)));
        }
        return new FileProfile(
                file.text("profile"),
                statuses,
                file.text("notTested"),
                file.objects("columns").stream()
                        .map(column -> new Column(column.text("label"), column.constant("kind", Kind.values())))
                        .toList());
    }

    /** Reads the file once, when first asked for. */
    private static final class Shipped {
        private static final FileProfile OF_CLASS = read("rules/schoolreport/csv-class-1.yaml");

        private static FileProfile read(String path) {
            return DataNode.checked(path, ShippedFiles.text(path), FileProfile::read);
        }
    }
}
