package fr.grandlivre.api.school;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.command.school.SchoolCommand.Arrives;
import fr.grandlivre.command.school.SchoolCommand.ImportRoster;
import fr.grandlivre.command.school.SchoolCommand.IsCorrected;
import fr.grandlivre.command.school.SchoolCommand.Leaves;
import fr.grandlivre.command.school.SchoolCommand.Moves;
import fr.grandlivre.command.school.SchoolCommand.RosterEntry;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.rules.school.RosterPlan;
import fr.grandlivre.rules.school.RosterPlan.Arrival;
import fr.grandlivre.rules.school.RosterPlan.Change;
import fr.grandlivre.rules.school.RosterPlan.Correction;
import fr.grandlivre.rules.school.RosterPlan.Departure;
import fr.grandlivre.rules.school.RosterPlan.Finding;
import fr.grandlivre.rules.school.RosterPlan.Move;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A list of pupils that was compared with the roster, and what became of it. Immutable.
 *
 * @param id         random
 * @param owner      account that sent it
 * @param uai        establishment
 * @param school     its id
 * @param year       which roster
 * @param scope      which pupils the list is about
 * @param plan       what it changes
 * @param arriving   ids of the pupils who are new to the establishment, by line
 * @param rosterSeen how many changes of the roster the comparison has seen
 * @param comparedAt when it was compared
 * @param state      where it stands
 * @param position   of the last event recorded; 0 before
 * @param problem    why it could not be applied; empty unless it failed
 */
record RosterImport(
        UUID id,
        AccountId owner,
        Uai uai,
        SchoolId school,
        SchoolYear year,
        RosterPlan.Scope scope,
        RosterPlan plan,
        Map<Integer, LearnerId> arriving,
        int rosterSeen,
        Instant comparedAt,
        State state,
        long position,
        Optional<Problem> problem) {
    /** Where an import stands. */
    enum State {
        /** Compared; nothing was changed. */
        READY,
        /** Being recorded, all of it at once. */
        APPLYING,
        /** Recorded. */
        APPLIED,
        /** Not recorded, for the reason given. */
        FAILED
    }

    RosterImport applying() {
        return with(State.APPLYING, 0, Optional.empty());
    }

    RosterImport applied(long last) {
        return with(State.APPLIED, last, Optional.empty());
    }

    RosterImport failed(Problem why) {
        return with(State.FAILED, 0, Optional.of(why));
    }

    private RosterImport with(State next, long last, Optional<Problem> why) {
        return new RosterImport(
                id, owner, uai, school, year, scope, plan, arriving, rosterSeen, comparedAt, next, last, why);
    }

    /** @return number of events that applying it records; 0 when the list says what the roster says */
    int events() {
        return plan.changes().isEmpty() ? 0 : plan.changes().size() + 2;
    }

    /** @return the command that makes the roster what the list says, but for the lines that cannot be accepted */
    ImportRoster command() {
        return new ImportRoster(
                school,
                year,
                rosterSeen,
                plan.rows(),
                (int) plan.errors().stream().mapToInt(Finding::line).distinct().count(),
                plan.changes().stream().map(this::entry).toList());
    }

    private RosterEntry entry(Change change) {
        return switch (change) {
            case Arrival(int line, var known, var pupil, var division, var level) ->
                new Arrives(
                        known == null ? Objects.requireNonNull(arriving.get(line)) : known.learner(),
                        division,
                        level,
                        pupil);
            case Move(int _, var known, var to) -> new Moves(known.learner(), to);
            case Correction(int _, var known, var pupil, var level) -> new IsCorrected(known.learner(), level, pupil);
            case Departure(var known) -> new Leaves(known.learner());
        };
    }
}
