package fr.grandlivre.planted.readings.api;

import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.planted.readings.query.Pupil;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows a name, through a method of its own, and tells nobody. */
@Controller
@Allowed(Role.TEACHER)
class SilentPage {
    private final List<Pupil> pupils;

    SilentPage(List<Pupil> pupils) {
        this.pupils = pupils;
    }

    @GetMapping("/planted/silent")
    String page(Model page) {
        pupils.forEach(pupil -> show(pupil, page));
        return "planted";
    }

    private static void show(Pupil pupil, Model page) {
        page.addAttribute("name", pupil.lastName());
    }
}
