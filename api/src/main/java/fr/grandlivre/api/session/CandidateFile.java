package fr.grandlivre.api.session;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CsvTable;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidates;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.query.schoolreport.RosterPupil;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.rules.verification.PersonName;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Candidates that a head sends as a file, compared with the rosters: what would happen, line by line. Nothing is enrolled
 * by reading it. Each line names its pupil by national number, else by names and birth date. Immutable.
 *
 * @param lines in the order of the file
 */
record CandidateFile(List<Line> lines) {
    /** Most lines besides the header: a session has no more places. */
    static final int MOST_LINES = 200;

    private static final String POINTER = "/fichier";

    private static final Set<String> INE = Set.of("ine", "identifiantnational");
    private static final Set<String> LAST_NAME = Set.of("nom", "nomdefamille", "lastname");
    private static final Set<String> FIRST_NAME = Set.of("prenom", "firstname");
    private static final Set<String> BIRTH_DATE = Set.of("datedenaissance", "naissance", "neele", "birthdate");
    private static final Set<String> BIRTH_PLACE = Set.of("lieudenaissance", "lieu", "birthplace");
    private static final Set<String> EXTRA_TIME = Set.of("tempsmajore", "temps", "extratime");
    private static final DateTimeFormatter FRENCH =
            DateTimeFormatter.ofPattern("dd/MM/uuuu").withResolverStyle(ResolverStyle.STRICT);

    CandidateFile {
        lines = List.copyOf(lines);
    }

    /**
     * @param number     in the file, the header being 1
     * @param name       of the pupil as the roster has it, else as written
     * @param enrolment  what the line asks for; absent when it cannot be accepted
     * @param problem    why it cannot, a code; absent when it can
     */
    record Line(
            int number,
            String name,
            @Nullable EnrolCandidate enrolment,
            @Nullable String problem) {}

    /**
     * @param candidate gives a learner's candidacy its id
     * @throws fr.grandlivre.api.problem.ProblemException {@code validation} when the text is no table of candidates
     */
    static CandidateFile read(
            String text, SessionView session, Enrolments enrolments, Function<LearnerId, CandidateId> candidate) {
        CsvTable table = CsvTable.read(POINTER, text.getBytes(StandardCharsets.UTF_8), MOST_LINES);
        boolean named = Stream.of(LAST_NAME, FIRST_NAME, BIRTH_DATE).allMatch(column -> table.column(column) >= 0);
        if (!named && table.column(INE) < 0) {
            throw new ProblemException(
                    Problem.invalid(List.of(new Violation(POINTER, "session.file.columns-missing"))));
        }
        return new CandidateFile(new Reading(table, session, enrolments, candidate).lines());
    }

    /**
     * @param file CSV or an OpenDocument spreadsheet
     * @return what {@link #read} takes
     * @throws fr.grandlivre.api.problem.ProblemException {@code validation} when it is a file of another kind
     */
    static String text(byte[] file) {
        return CsvTable.text(POINTER, file, MOST_LINES);
    }

    /** @return whether every line can be accepted, and there is one */
    public boolean accepted() {
        return !lines.isEmpty() && lines.stream().allMatch(line -> line.problem() == null);
    }

    /** @return how many lines cannot be accepted */
    public long refused() {
        return lines.stream().filter(line -> line.problem() != null).count();
    }

    /** @return the pupils that the lines name and that were found */
    List<LearnerId> learners() {
        return lines.stream()
                .flatMap(line -> Optional.ofNullable(line.enrolment()).stream())
                .map(EnrolCandidate::learner)
                .toList();
    }

    EnrolCandidates command(SessionId session) {
        return new EnrolCandidates(
                session,
                lines.stream()
                        .flatMap(line -> Optional.ofNullable(line.enrolment()).stream())
                        .toList());
    }

    /** Why a line cannot be accepted. */
    private static final class LineRefused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String code;

        LineRefused(String code) {
            super(code, null, false, false);
            this.code = code;
        }
    }

    /** One reading of one file. */
    private static final class Reading {
        private final CsvTable table;
        private final SessionView session;
        private final Enrolments enrolments;
        private final Function<LearnerId, CandidateId> candidate;
        private final List<RosterPupil> roster;
        private final Set<LearnerId> accepted = new HashSet<>();

        Reading(
                CsvTable table,
                SessionView session,
                Enrolments enrolments,
                Function<LearnerId, CandidateId> candidate) {
            this.table = table;
            this.session = session;
            this.enrolments = enrolments;
            this.candidate = candidate;
            this.roster = enrolments.roster(session);
        }

        List<Line> lines() {
            List<Line> lines = new ArrayList<>();
            for (CsvTable.Row row : table.rows()) {
                lines.add(line(row));
            }
            return lines;
        }

        private Line line(CsvTable.Row row) {
            String name = (cell(row, LAST_NAME) + " " + cell(row, FIRST_NAME)).strip();
            try {
                RosterPupil pupil = pupil(row);
                name = pupil.lastName() + " " + pupil.firstName();
                return new Line(row.line(), name, enrolment(row, pupil), null);
            } catch (LineRefused refused) {
                return new Line(row.line(), name, null, refused.code);
            }
        }

        private EnrolCandidate enrolment(CsvTable.Row row, RosterPupil pupil) {
            LearnerId learner = pupil.learner();
            if (accepted.contains(learner)) {
                throw new LineRefused("line-duplicate");
            }
            CandidateId candidacy = candidate.apply(learner);
            // One made by the same form is what a second sending of it finds: the ledger answers with the first.
            if (session.candidates().stream()
                    .anyMatch(known -> known.learner().equals(learner)
                            && !known.candidate().equals(candidacy))) {
                throw new LineRefused("already-candidate");
            }
            String place = cell(row, BIRTH_PLACE);
            if (place.isEmpty()) {
                throw new LineRefused("birth-place-missing");
            }
            Fields text = new Fields();
            text.text("/lieu", place, SessionResource.LONGEST_BIRTH_PLACE);
            if (!text.violations().isEmpty()) {
                throw new LineRefused(text.violations().getFirst().code());
            }
            CandidateIdentity identity = Enrolments.identity(pupil, place).orElseThrow();
            int extraTime = extraTime(cell(row, EXTRA_TIME));
            accepted.add(learner);
            return new EnrolCandidate(session.session(), candidacy, learner, extraTime, identity);
        }

        /** A column that slipped by a line gives everybody the number of a neighbour: what else the line says must agree. */
        private boolean isSaid(CsvTable.Row row, RosterPupil pupil) {
            String last = cell(row, LAST_NAME);
            String first = cell(row, FIRST_NAME);
            String born = cell(row, BIRTH_DATE);
            return (last.isEmpty() || PersonName.areSame(last, String.valueOf(pupil.lastName())))
                    && (first.isEmpty() || PersonName.areSame(first, String.valueOf(pupil.firstName())))
                    && (born.isEmpty() || day(born).equals(pupil.birthDate()));
        }

        private RosterPupil pupil(CsvTable.Row row) {
            String ine = cell(row, INE).toUpperCase(Locale.ROOT);
            if (!ine.isEmpty()) {
                LearnerId holder =
                        enrolments.holderOf(session, ine).orElseThrow(() -> new LineRefused("pupil-unknown"));
                RosterPupil pupil = roster.stream()
                        .filter(known -> known.learner().equals(holder))
                        .findFirst()
                        .orElseThrow(() -> new LineRefused("pupil-unknown"));
                if (!isSaid(row, pupil)) {
                    throw new LineRefused("pupil-mismatch");
                }
                return pupil;
            }
            String last = cell(row, LAST_NAME);
            String first = cell(row, FIRST_NAME);
            if (last.isEmpty() || first.isEmpty()) {
                throw new LineRefused("names-missing");
            }
            LocalDate born = day(cell(row, BIRTH_DATE));
            List<RosterPupil> found = roster.stream()
                    .filter(pupil -> born.equals(pupil.birthDate())
                            && PersonName.areSame(last, String.valueOf(pupil.lastName()))
                            && PersonName.areSame(first, String.valueOf(pupil.firstName())))
                    .toList();
            if (found.size() > 1) {
                throw new LineRefused("homonym");
            }
            return found.stream().findFirst().orElseThrow(() -> new LineRefused("pupil-unknown"));
        }

        private static int extraTime(String text) {
            String digits = text.replace("%", "").strip();
            if (digits.isEmpty()) {
                return 0;
            }
            if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > SessionResource.MOST_EXTRA_TIME) {
                throw new LineRefused("extra-time-range");
            }
            return Integer.parseInt(digits);
        }

        private static LocalDate day(String text) {
            try {
                return text.indexOf('/') >= 0 ? LocalDate.parse(text, FRENCH) : LocalDate.parse(text);
            } catch (DateTimeException _) {
                throw new LineRefused("birth-date-invalid");
            }
        }

        private String cell(CsvTable.Row row, Set<String> column) {
            return row.cell(table.column(column)).strip();
        }
    }
}
