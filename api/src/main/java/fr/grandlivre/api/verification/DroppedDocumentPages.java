package fr.grandlivre.api.verification;

import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.request.RateLimit;
import fr.grandlivre.api.seal.SealFinding;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.verification.DroppedDocuments.Finding;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** «Vérifier un document»: a file is chosen or dropped on the field, and three lines answer. The file is not kept. */
@Controller
@Allowed(everyone = true)
class DroppedDocumentPages {
    private static final String PAGE = "verification/document";

    private final DroppedDocuments documents;
    private final RateLimit limit;

    DroppedDocumentPages(DroppedDocuments documents, VerificationSettings settings) {
        this.documents = documents;
        this.limit = new RateLimit("verify-document", settings.lookUpsPerMinute());
    }

    @GetMapping("/verifier/document")
    String form() {
        return PAGE;
    }

    @PostMapping("/verifier/document")
    @Impersonal("whether a file is genuine, and what its certificate is worth")
    String look(
            @RequestParam(name = "document", required = false) @Nullable MultipartFile file,
            Model page,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        response.setHeader("X-Robots-Tag", "noindex");
        if (file == null || file.isEmpty()) {
            return refused("missing", page, response);
        }
        limit.take(RateLimit.client(request.getRemoteAddr()), response);
        Finding finding = documents.look(file.getBytes());
        if (finding.seal() == SealFinding.NOT_PDF) {
            return refused("not-pdf", page, response);
        }
        page.addAttribute("finding", finding);
        return PAGE;
    }

    private static String refused(String problem, Model page, HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        page.addAttribute("problem", problem);
        return PAGE;
    }
}
