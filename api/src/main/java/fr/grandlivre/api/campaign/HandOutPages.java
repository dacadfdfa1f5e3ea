package fr.grandlivre.api.campaign;

import fr.grandlivre.api.document.PdfRenderer;
import fr.grandlivre.api.document.QrPicture;
import fr.grandlivre.api.frame.Dates;
import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.api.wiring.PublicAddress;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.campaign.CampaignCodeText;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.school.KnownPupil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
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

    HandOutPages(
            Campaigns campaigns,
            SchoolReportQueries rosters,
            Accesses accesses,
            PdfRenderer paper,
            PublicAddress address,
            Dates days) {
        this.campaigns = campaigns;
        this.rosters = rosters;
        this.accesses = accesses;
        this.paper = paper;
        this.address = address;
        this.days = days;
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

    /** One page a pupil, by name; a class nobody of the audience is in has none. */
    @GetMapping("/campagnes/{campagne}/feuilles/familles.pdf")
    ResponseEntity<byte[]> families(
            @PathVariable("campagne") UUID campaign,
            @RequestParam(required = false) @Nullable Division division,
            SignedIn head,
            Locale language) {
        return print("campaign/family-sheets", "familles", campaign, division, head, language);
    }

    /** One list a class, to tick off. */
    @GetMapping("/campagnes/{campagne}/feuilles/professeurs.pdf")
    ResponseEntity<byte[]> teachers(
            @PathVariable("campagne") UUID campaign,
            @RequestParam(required = false) @Nullable Division division,
            SignedIn head,
            Locale language) {
        return print("campaign/teacher-sheet", "professeurs", campaign, division, head, language);
    }

    private ResponseEntity<byte[]> print(
            String template, String name, UUID campaign, @Nullable Division division, SignedIn head, Locale language) {
        CampaignTerms terms = campaigns.terms(head, campaign);
        if (division == null) {
            throw new ProblemException(Slug.MALFORMED_REQUEST);
        }
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
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(name + "_" + division + ".pdf", StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(paper.render(
                        template, language, model(terms, division, pupils, language), campaigns.now(), List.of()));
    }

    private Map<String, Object> model(
            CampaignTerms terms, Division division, List<KnownPupil> pupils, Locale language) {
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
                Map.entry("names", names(pupils)));
    }

    // An erased pupil has no name to print.
    private static List<String> names(List<KnownPupil> pupils) {
        return pupils.stream()
                .flatMap(pupil -> Stream.ofNullable(pupil.pupil()))
                .map(HandOutPages::name)
                .toList();
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
