package fr.grandlivre.api.certificate;

import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.certificate.CertificateCommand.ChooseVisibility;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a code may reveal, as forms and programs name it. */
final class Visibilities {
    private Visibilities() {}

    /** @return all of them, the most reserved first */
    static List<String> names() {
        return Arrays.stream(Visibility.values()).map(Visibilities::name).toList();
    }

    /** @return for example {@code status-and-identity} */
    static String name(Visibility visibility) {
        return visibility.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return what was chosen; the most reserved one in its place when it cannot be accepted */
    static Visibility read(Fields fields, String pointer, @Nullable String text) {
        return fields.parsed(pointer, text, Visibilities::of, Visibility.NOBODY);
    }

    private static Visibility of(String text) {
        return Arrays.stream(Visibility.values())
                .filter(visibility -> name(visibility).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    static ChooseVisibility command(UUID certificate, SignedIn holder, Visibility visibility) {
        return new ChooseVisibility(
                new CertificateId(certificate), new LearnerId(holder.account().value()), visibility);
    }
}
