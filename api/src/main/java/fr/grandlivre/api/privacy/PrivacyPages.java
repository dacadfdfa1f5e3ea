package fr.grandlivre.api.privacy;

import fr.grandlivre.api.frame.Dates;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.privacy.Access;
import fr.grandlivre.query.privacy.AccessQueries;
import fr.grandlivre.rules.ParisDays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who read one's own data. */
@Controller
@Allowed(Role.LEARNER)
class PrivacyPages {
    private static final int PAGE = 50;

    private final AccessList list;
    private final Dispatch dispatch;
    private final ServerClock clock;
    private final Dates dates;

    PrivacyPages(AccessList list, Dispatch dispatch, ServerClock clock, Dates dates) {
        this.list = list;
        this.dispatch = dispatch;
        this.clock = clock;
        this.dates = dates;
    }

    /**
     * One line.
     *
     * @param day     in words
     * @param from    hour in Paris, 0..23
     * @param to      the next, 1..24
     * @param role    in the words of the messages
     * @param surface in the words of the messages
     * @param fields  in the words of the messages
     * @param purpose as declared; empty when none was
     * @param count   how many readings
     */
    record Row(String day, int from, int to, String role, String surface, String fields, String purpose, int count) {
        Row counted(int readings) {
            return new Row(day, from, to, role, surface, fields, purpose, readings);
        }
    }

    @GetMapping("/moi/confidentialite")
    String readings(
            @RequestParam(name = "suite", required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn person,
            Model page) {
        page.addAttribute("behind", !dispatch.caughtUp(AccessQueries.VIEW, atLeast));
        AccessList.Page found = list.of(person, PAGE, cursor);
        page.addAttribute("rows", grouped(found.readings()));
        page.addAttribute("next", found.next());
        page.addAttribute("first", cursor == null);
        page.addAttribute("at", dates.second(clock.now()));
        return "privacy/readings";
    }

    /** Readings that read the same are one line with their count, where the first of them stood. */
    private List<Row> grouped(List<Access> readings) {
        Map<Row, Integer> counts = new LinkedHashMap<>();
        for (Access access : readings) {
            Row row = row(access);
            counts.merge(row.counted(0), row.count(), Integer::sum);
        }
        return counts.entrySet().stream()
                .map(line -> line.getKey().counted(line.getValue()))
                .toList();
    }

    private Row row(Access access) {
        int hour = access.hour().atZone(ParisDays.ZONE).getHour();
        return new Row(
                dates.day(access.hour()),
                hour,
                hour + 1,
                WireName.of(access.role()),
                WireName.of(access.surface()),
                WireName.of(access.fieldsClass()),
                Optional.ofNullable(access.purpose()).orElse(""),
                access.readings());
    }
}
