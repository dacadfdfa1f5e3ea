package fr.grandlivre.api.campaign;

import fr.grandlivre.api.request.Moment;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.query.schoolreport.RosterPupil;
import fr.grandlivre.rules.campaign.Need;
import fr.grandlivre.rules.framework.Competence;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a class shared: pupils × competences, the middle of the class, who may be certified, and what the class needs. The
 * one source of page, file and interface.
 *
 * @param schoolYear  which year
 * @param division    which class
 * @param moment      as of when
 * @param since       compared with; absent when nothing is
 * @param position    every event up to this ledger position is in it
 * @param competences columns, by code
 * @param rows        pupils, by last name, first name, id
 * @param median      one a column
 * @param priorities  at most as many as the rules say, the greatest need first
 */
record ClassGrid(
        SchoolYear schoolYear,
        Division division,
        Moment moment,
        @Nullable Moment since,
        long position,
        List<Competence> competences,
        List<Row> rows,
        List<Optional<Integer>> median,
        List<Need> priorities) {
    /**
     * A pupil's level in a competence.
     *
     * @param level  as shared; absent when not measured
     * @param change levels won or lost since the other moment; absent when nothing is compared or either was not measured
     */
    record Cell(
            CompetenceCode competence,
            @Nullable Integer level,
            @Nullable Integer change) {}

    /**
     * One pupil.
     *
     * @param pupil         as on the roster
     * @param shared        whether anything was shared
     * @param cells         one a column
     * @param certifiable   whether enough competences have the level
     * @param reached       number of competences with the level, shared or not
     * @param needed        number of competences still missing
     * @param nearest       competences to reach first, most points first; as many as are needed
     */
    record Row(
            RosterPupil pupil,
            boolean shared,
            List<Cell> cells,
            boolean certifiable,
            int reached,
            int needed,
            List<CompetenceCode> nearest) {
        public LearnerId learner() {
            return pupil.learner();
        }

        /** @return last name, first name; empty when erased */
        public Optional<String> name() {
            return pupil.lastName() == null || pupil.firstName() == null
                    ? Optional.empty()
                    : Optional.of(pupil.lastName() + " " + pupil.firstName());
        }
    }

    /** @return number of pupils who shared something */
    long shared() {
        return rows.stream().filter(Row::shared).count();
    }

    /** @return the row of a pupil; empty for somebody else */
    Optional<Row> of(LearnerId learner) {
        return rows.stream().filter(row -> row.learner().equals(learner)).findFirst();
    }
}
