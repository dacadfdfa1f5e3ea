package fr.grandlivre.api.identity;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.school.OwnSchool;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.school.KnownPupil;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The sheet by which a pupil keeps the account after leaving the school. */
@Controller
@Allowed({Role.TEACHER, Role.HEAD})
class AttachCodePages {
    private final SchoolReportQueries rosters;
    private final OwnSchool schools;
    private final Accesses accesses;
    private final AttachCodes codes;

    AttachCodePages(SchoolReportQueries rosters, OwnSchool schools, Accesses accesses, AttachCodes codes) {
        this.rosters = rosters;
        this.schools = schools;
        this.accesses = accesses;
        this.codes = codes;
    }

    /** Answers with the sheet itself, for the code is nowhere to be read again; sending the form again shows the same one. */
    @PostMapping("/classes/{classe}/eleves/{eleve}/code")
    String issue(
            @PathVariable("classe") Division division,
            @PathVariable("eleve") UUID pupil,
            CommandKey key,
            SignedIn caller,
            Model page) {
        Role as = caller.is(Role.HEAD) ? Role.HEAD : Role.TEACHER;
        KnownPupil found = rosters.onRoster(schools.id(schools.of(caller)), schools.year(null), new LearnerId(pupil))
                .filter(known -> known.division().equals(division))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        accesses.record(caller, as, Surface.ROSTER, FieldsClass.IDENTITY, List.of(found.learner()));
        AttachCodes.Issued issued = codes.issue(new AccountId(pupil), key, caller, as);
        page.addAttribute("division", division.value());
        page.addAttribute("pupil", found.pupil());
        page.addAttribute("code", issued.code());
        page.addAttribute("until", issued.until());
        return "identity/attach-code";
    }
}
