package fr.grandlivre.command.school;

import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent;
import fr.grandlivre.events.school.SchoolEvent.PupilCorrected;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.school.SchoolEvent.RosterChanged;
import fr.grandlivre.events.school.SchoolEvent.RosterImported;
import fr.grandlivre.events.school.SchoolEvent.SchoolRegistered;
import fr.grandlivre.events.schoolreport.SchoolReportEvent;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.ExportProduced;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.MentionRulePublished;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.SchoolYear;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the events of an establishment, of one of its rosters, or of one enrolment amount to. */
sealed interface SchoolState {
    /**
     * An establishment.
     *
     * @param registered whether it joined
     * @param files      SHA-256 of the latest file of each kind
     */
    record Establishment(boolean registered, Map<FileKind, String> files) implements SchoolState {
        static final Establishment ABSENT = new Establishment(false, Map.of());

        public Establishment {
            files = Map.copyOf(files);
        }

        Establishment evolve(SchoolEvent event) {
            return switch (event) {
                case SchoolRegistered _ -> new Establishment(true, files);
                case RosterImported _ -> this;
                case PupilEnrolled _, PupilCorrected _, PupilMoved _, PupilLeft _, RosterChanged _ ->
                    throw onAnotherStream();
            };
        }

        Establishment evolve(SchoolReportEvent event) {
            return switch (event) {
                case ExportProduced export -> {
                    Map<FileKind, String> after = new HashMap<>(files);
                    after.put(new FileKind(export.profile(), export.schoolYear(), export.division()), export.sha256());
                    yield new Establishment(registered, after);
                }
                case MentionRulePublished _ -> throw onAnotherStream();
            };
        }
    }

    /** What a file is about, and in which form. */
    record FileKind(
            String profile,
            @Nullable SchoolYear schoolYear,
            @Nullable Division division) {}

    /**
     * The roster of one school year.
     *
     * @param changes how often it changed
     */
    record RosterOfYear(int changes) implements SchoolState {
        static final RosterOfYear EMPTY = new RosterOfYear(0);

        RosterOfYear evolve(SchoolEvent event) {
            return switch (event) {
                case RosterChanged _ -> new RosterOfYear(changes + 1);
                case SchoolRegistered _,
                        RosterImported _,
                        PupilEnrolled _,
                        PupilCorrected _,
                        PupilMoved _,
                        PupilLeft _ -> throw onAnotherStream();
            };
        }
    }

    /** One pupil's place on a roster. */
    sealed interface Place extends SchoolState {
        private Place movedTo(Division division) {
            if (this instanceof Enrolled(var _, var year, var pupil)) {
                return new Enrolled(division, year, pupil);
            }
            throw new AssertionError("only a pupil of the roster moves");
        }

        default Place evolve(SchoolEvent event) {
            return switch (event) {
                case PupilEnrolled enrolled ->
                    new Enrolled(
                            enrolled.division(),
                            enrolled.year(),
                            enrolled.sealed().value());
                case PupilCorrected corrected ->
                    new Enrolled(
                            corrected.division(),
                            corrected.year(),
                            corrected.sealed().value());
                case PupilMoved moved -> movedTo(moved.toDivision());
                case PupilLeft _ -> new Left();
                case SchoolRegistered _, RosterImported _, RosterChanged _ -> throw onAnotherStream();
            };
        }
    }

    /** Never stood on the roster. */
    record NeverEnrolled() implements Place {}

    /**
     * Stands on the roster, in one class at a time.
     *
     * @param division which one
     * @param year     level of schooling
     * @param pupil    as the roster names them; empty when erased
     */
    record Enrolled(Division division, String year, Optional<PupilIdentity> pupil) implements Place {}

    /** Stood on the roster once. */
    record Left() implements Place {}

    private static AssertionError onAnotherStream() {
        return new AssertionError("this event belongs to another stream");
    }
}
