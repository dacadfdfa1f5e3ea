package fr.grandlivre.planted.edge.api;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
@Controller
class OpenPage {
    @GetMapping("/planted")
    String page() {
        return "planted";
    }
}
