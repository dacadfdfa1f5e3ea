package fr.grandlivre.api.frame;

import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.rules.ParisDays;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** State of the service in words, without a figure about persons. */
@Controller
@Allowed(everyone = true)
class StatePage {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ParisDays.ZONE);

    private final HealthEndpoint health;
    private final ServerClock clock;
    private final Dates dates;

    StatePage(HealthEndpoint health, ServerClock clock, Dates dates) {
        this.health = health;
        this.clock = clock;
        this.dates = dates;
    }

    @GetMapping("/etat")
    String state(Model page) {
        Map<String, Object> processors = details("processors");
        Instant at = clock.now();
        page.addAttribute("database", isUp("db"));
        page.addAttribute("ready", isUp("readiness"));
        page.addAttribute("complete", "UP".equals(processors.get("views")));
        page.addAttribute("aside", processors.getOrDefault("deadLetters", 0L));
        page.addAttribute("day", dates.day(at));
        page.addAttribute("at", SECONDS.format(at));
        return "frame/state";
    }

    private boolean isUp(String path) {
        HealthDescriptor known = health.healthForPath(path);
        return known != null && Status.UP.equals(known.getStatus());
    }

    private Map<String, Object> details(String path) {
        return health.healthForPath(path) instanceof IndicatedHealthDescriptor known && known.getDetails() != null
                ? known.getDetails()
                : Map.of();
    }
}
