package fr.grandlivre.api.replay;

import fr.grandlivre.api.request.LiveUpdates;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells pages that show jobs that one has moved; they then ask for their part again. */
@Controller
@Allowed({Role.AUDITOR, Role.OPERATOR})
class JobPages implements LiveUpdates.Source {
    /** Jobs of other nodes move without a word to this one. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Jobs jobs;
    private final LiveUpdates live;

    JobPages(Jobs jobs, LiveUpdates live) {
        this.jobs = jobs;
        this.live = live;
    }

    /** As much of a job as a reader can tell from what was shown before. */
    private record Standing(UUID id, Job.State state, int percent) {}

    @GetMapping(path = "/travaux/flux", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter follow() {
        return live.follow("jobs", this, this::standings);
    }

    private List<Standing> standings() {
        return jobs.newest().stream()
                .map(job -> new Standing(job.id(), job.state(), job.percent()))
                .toList();
    }

    @Override
    public long changes() {
        return jobs.changes();
    }

    @Override
    public boolean await(long seen, Duration patience) throws InterruptedException {
        jobs.awaitChange(seen, LOOK_EVERY);
        return true;
    }
}
