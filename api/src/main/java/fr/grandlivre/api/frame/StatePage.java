package fr.grandlivre.api.frame;

import fr.grandlivre.api.security.Allowed;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** State of the service in words, without a figure about persons. */
@Controller
@Allowed(everyone = true)
class StatePage {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final HealthEndpoint health;

    StatePage(HealthEndpoint health) {
        this.health = health;
    }

    @GetMapping("/etat")
    String state(Model page) {
        page.addAttribute("database", isUp("db"));
        page.addAttribute("ready", isUp("readiness"));
        page.addAttribute("at", SECONDS.format(LocalTime.now(PARIS)));
        return "frame/state";
    }

    private boolean isUp(String path) {
        HealthDescriptor known = health.healthForPath(path);
        return known != null && Status.UP.equals(known.getStatus());
    }
}
