package fr.grandlivre.api.request;

import fr.grandlivre.api.problem.Problems;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/** French unless the reader chose English, or the browser or program asks for it. */
@Component("localeResolver")
public class Languages implements LocaleResolver {
    /** Name of the cookie that remembers a choice. */
    public static final String COOKIE = "langue";

    private static final List<Locale> SPOKEN = List.of(Locale.FRENCH, Locale.ENGLISH);

    /** @return the language of that two-letter code; empty when it is not spoken here */
    public static Optional<Locale> of(String code) {
        return SPOKEN.stream()
                .filter(language -> language.getLanguage().equals(code))
                .findFirst();
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return chosen(request).or(() -> accepted(request)).orElse(Locale.FRENCH);
    }

    /** @throws UnsupportedOperationException always: a page of its own changes the language */
    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("the language is chosen at /langue/{code}");
    }

    private static Optional<Locale> chosen(HttpServletRequest request) {
        if (Problems.isForPrograms(request.getRequestURI())) {
            return Optional.empty();
        }
        return Optional.ofNullable(WebUtils.getCookie(request, COOKIE))
                .map(Cookie::getValue)
                .flatMap(Languages::of);
    }

    private static Optional<Locale> accepted(HttpServletRequest request) {
        if (request.getHeader("Accept-Language") == null) {
            return Optional.empty();
        }
        return Collections.list(request.getLocales()).stream()
                .flatMap(wanted -> of(wanted.getLanguage()).stream())
                .findFirst();
    }
}
