package fr.grandlivre.api.frame;

import org.springframework.stereotype.Component;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** After a form a browser goes on with a GET: a redirect is 303, never the ambiguous 302. */
@Component
class SeeOther {
    SeeOther(ThymeleafViewResolver views) {
        views.setRedirectHttp10Compatible(false);
    }
}
