package fr.grandlivre.api.privacy;

import fr.grandlivre.api.frame.Dates;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.query.privacy.Erasure;
import fr.grandlivre.query.privacy.ErasureRequest;
import fr.grandlivre.query.privacy.Hold;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Requests, holds, erasures and refusals as pages show them. Thread-safe. */
@Component
class ErasureRows {
    private final Dates dates;

    ErasureRows(Dates dates) {
        this.dates = dates;
    }

    /**
     * A wish that waits.
     *
     * @param classes  names in messages
     * @param basis    name in messages
     * @param byPerson whether the person asked
     * @param mine     whether the reader asked, so that somebody else has to carry it out
     * @param since    day in words
     */
    record RequestRow(UUID person, List<String> classes, String basis, boolean byPerson, boolean mine, String since) {}

    /**
     * What must not be erased before a day.
     *
     * @param dataClass as keys name it
     * @param shown     name in messages
     * @param basis     name in messages
     * @param until     day in words
     * @param mine      whether the reader placed it
     */
    record HoldRow(UUID person, String dataClass, String shown, String basis, String until, boolean mine) {}

    /**
     * An erasure.
     *
     * @param classes  names in messages
     * @param basis    name in messages
     * @param day      in words
     * @param state    running, succeeded or failed
     * @param residual values found afterwards
     */
    record ErasureRow(
            UUID person, long position, List<String> classes, String basis, String day, String state, int residual) {}

    RequestRow of(ErasureRequest request, SignedIn reader) {
        return new RequestRow(
                request.person().value(),
                shown(request.classes()),
                WireName.of(request.basis()),
                request.requester().equals(request.person()),
                request.requester().equals(reader.account()),
                dates.day(request.at()));
    }

    HoldRow of(Hold hold, SignedIn reader) {
        return new HoldRow(
                hold.person().value(),
                hold.dataClass().name(),
                shown(hold.dataClass()),
                WireName.of(hold.basis()),
                dates.day(hold.until()),
                hold.placer().equals(reader.account()));
    }

    ErasureRow of(Erasure erasure) {
        return new ErasureRow(
                erasure.person().value(),
                erasure.position(),
                shown(erasure.classes()),
                WireName.of(erasure.basis()),
                dates.day(erasure.erasedAt()),
                ErasureResource.stateOf(erasure),
                erasure.receipt().map(Erasure.Receipt::residual).orElse(0));
    }

    /**
     * Says on a page why an act was refused.
     *
     * @throws ProblemException the same, when it is about something else than the act
     */
    void refused(ProblemException refused, Model page, HttpServletResponse response) {
        Problem problem = refused.problem();
        if (problem.status() != HttpStatus.CONFLICT.value()
                && problem.status() != HttpStatus.UNPROCESSABLE_CONTENT.value()) {
            throw refused;
        }
        response.setStatus(problem.status());
        page.addAttribute("refusal", problem.rule().orElse(""));
        page.addAttribute(
                "until", problem.facts().get("until") instanceof String day ? dates.day(LocalDate.parse(day)) : "");
        page.addAttribute(
                "fields", problem.violations().stream().map(Violation::pointer).toList());
    }

    private static List<String> shown(List<DataClass> classes) {
        return classes.stream().map(ErasureRows::shown).distinct().toList();
    }

    /** Each year has a key of its own, which is no concern of readers. */
    private static String shown(DataClass dataClass) {
        return dataClass.name().startsWith("access-") ? "access" : dataClass.name();
    }
}
