package fr.grandlivre.api.campaign;

import fr.grandlivre.api.document.PdfRenderer;
import fr.grandlivre.api.document.QrPicture;
import fr.grandlivre.api.frame.Dates;
import fr.grandlivre.api.identity.AttachCodes;
import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.FileAnswer;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.api.wiring.PublicAddress;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.campaign.CampaignCodeText;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.school.KnownPupil;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a head prints about a campaign and hands out: a sheet for each pupil's family, one for the class's teachers. */
@Controller
@Allowed(Role.HEAD)
class HandOutPages {
    private final Campaigns campaigns;
    private final SchoolReportQueries rosters;
    private final Accesses accesses;
    private final PdfRenderer paper;
    private final PublicAddress address;
    private final Dates days;
    private final AttachCodes codes;

    HandOutPages(
            Campaigns campaigns,
            SchoolReportQueries rosters,
            Accesses accesses,
            PdfRenderer paper,
            PublicAddress address,
            Dates days,
            AttachCodes codes) {
        this.campaigns = campaigns;
        this.rosters = rosters;
        this.accesses = accesses;
        this.paper = paper;
        this.address = address;
        this.days = days;
        this.codes = codes;
    }

    /** The classes in which somebody may take part. */
    @GetMapping("/campagnes/{campagne}/feuilles")
    @Impersonal("numbers of pupils")
    String choose(@PathVariable("campagne") UUID campaign, SignedIn head, Model page) {
        CampaignTerms terms = campaigns.terms(head, campaign);
        Map<String, Integer> classes = new TreeMap<>();
        pupils(terms, null).forEach(pupil -> classes.merge(pupil.division().value(), 1, Integer::sum));
        page.addAttribute("terms", terms);
        page.addAttribute("classes", classes);
        return "campaign/hand-outs";
    }

    /**
     * One page a pupil, by name; a class nobody of the audience is in has none. A pupil without a sign-in of the own gets a
     * code for one, which ends the code of an earlier sheet: that is why it is no GET. The same form sent again prints the
     * same codes.
     */
    @PostMapping("/campagnes/{campagne}/feuilles/familles.pdf")
    ResponseEntity<byte[]> families(
            @PathVariable("campagne") UUID campaign,
            @RequestParam(required = false) @Nullable Division division,
            CommandKey key,
            SignedIn head,
            Locale language) {
        CampaignTerms terms = campaigns.terms(head, campaign);
        Division one = required(division);
        List<KnownPupil> pupils = shown(terms, one, head);
        List<Sheet> sheets = pupils.stream()
                .flatMap(pupil -> sheet(pupil, key, head).stream())
                .toList();
        return print("campaign/family-sheets", "familles", terms, one, sheets, language);
    }

    /** One list a class, to tick off. */
    @GetMapping("/campagnes/{campagne}/feuilles/professeurs.pdf")
    ResponseEntity<byte[]> teachers(
            @PathVariable("campagne") UUID campaign,
            @RequestParam(required = false) @Nullable Division division,
            SignedIn head,
            Locale language) {
        CampaignTerms terms = campaigns.terms(head, campaign);
        Division one = required(division);
        List<Sheet> lines = shown(terms, one, head).stream()
                .flatMap(pupil -> Stream.ofNullable(pupil.pupil()))
                .map(pupil -> new Sheet(name(pupil), null, null))
                .toList();
        return print("campaign/teacher-sheet", "professeurs", terms, one, lines, language);
    }

    /**
     * What is printed of a pupil.
     *
     * @param code  by which a sign-in of the own can be attached, once; absent for who has one
     * @param until last day on which it is accepted; absent with the code
     */
    record Sheet(
            String name, @Nullable String code, @Nullable String until) {}

    private Optional<Sheet> sheet(KnownPupil pupil, CommandKey key, SignedIn head) {
        PupilIdentity identity = pupil.pupil();
        if (identity == null) {
            return Optional.empty(); // An erased pupil has no name to print.
        }
        AccountId account = new AccountId(pupil.learner().value());
        if (codes.hasOwnSignIn(account)) {
            return Optional.of(new Sheet(name(identity), null, null));
        }
        AttachCodes.Issued issued = codes.issue(account, key.part("attach-code/" + account), head, Role.HEAD);
        return Optional.of(new Sheet(name(identity), issued.code(), days.day(issued.until())));
    }

    // Asked for after the campaign, so that somebody else's is absent whatever else is missing.
    private static Division required(@Nullable Division division) {
        if (division == null) {
            throw new ProblemException(Slug.MALFORMED_REQUEST);
        }
        return division;
    }

    /** Records who is about to see whose names. */
    private List<KnownPupil> shown(CampaignTerms terms, Division division, SignedIn head) {
        List<KnownPupil> pupils = pupils(terms, division);
        if (pupils.isEmpty()) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        accesses.record(
                head,
                Role.HEAD,
                Surface.ROSTER,
                FieldsClass.IDENTITY,
                pupils.stream().map(KnownPupil::learner).toList());
        return pupils;
    }

    private ResponseEntity<byte[]> print(
            String template, String name, CampaignTerms terms, Division division, List<Sheet> sheets, Locale language) {
        return FileAnswer.shown(MediaType.APPLICATION_PDF, name + "_" + division + ".pdf")
                .body(paper.render(
                        template, language, model(terms, division, sheets, language), campaigns.now(), List.of()));
    }

    private Map<String, Object> model(CampaignTerms terms, Division division, List<Sheet> sheets, Locale language) {
        String entrance = address.at(Participations.address(terms));
        return Map.ofEntries(
                Map.entry("language", language.getLanguage()),
                Map.entry("school", rosters.schoolName(terms.school()).orElse("")),
                Map.entry("division", division.value()),
                Map.entry("title", terms.title()),
                Map.entry("opens", days.day(terms.opensAt())),
                Map.entry("closes", days.day(terms.closesAt())),
                Map.entry("door", address.at("/parcours")),
                Map.entry("code", CampaignCodeText.spaced(terms.code())),
                Map.entry("entrance", entrance),
                Map.entry("qr", QrPicture.of(entrance)),
                Map.entry("account", address.at("/moi/compte")),
                Map.entry("sheets", sheets));
    }

    private static String name(PupilIdentity pupil) {
        return pupil.lastName() + " " + pupil.firstName();
    }

    private List<KnownPupil> pupils(CampaignTerms terms, @Nullable Division division) {
        SchoolYear year = SchoolYear.of(campaigns.today());
        Stream<KnownPupil> roster = rosters.roster(terms.school(), year, division).stream();
        return roster.filter(pupil -> pupil.pupil() != null && terms.audience().contains(pupil.year()))
                .toList();
    }
}
