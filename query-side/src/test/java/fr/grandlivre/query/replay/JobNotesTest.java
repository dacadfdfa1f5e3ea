package fr.grandlivre.query.replay;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.replay.JobNotes.Note;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever works tells, and whoever falls silent is not waited for. */
class JobNotesTest {
    private static final Duration SPENT = Duration.ofMillis(1_500);

    private final UUID job = UUID.randomUUID();
    private TestViews views;
    private JobNotes notes;

    @BeforeEach
    void aJobThatBegan() {
        views = new TestViews();
        notes = new JobNotes(views.jdbc());
        notes.create();
        notes.begin(job, "REBUILD", "profile", "QUEUED", views.now());
    }

    @AfterEach
    void close() {
        views.close();
    }

    private Note note() {
        return notes.find(job).orElseThrow();
    }

    private void nothingIsHeard() {
        views.jdbc()
                .update(
                        "UPDATE processing.job SET heard_at = heard_at - make_interval(secs => ?)",
                        JobNotes.SILENCE.toSeconds() + 1);
    }

    @Test
    void how_far_it_has_come_is_told_to_everybody() {
        assertThat(notes.change(job, "RUNNING", 30, 120, SPENT)).isTrue();
        assertThat(note()).isEqualTo(new Note(job, "REBUILD", "profile", "RUNNING", 30, 120, SPENT, views.now(), true));
        assertThat(notes.newest(5)).containsExactly(note());
    }

    @Test
    void work_of_which_nothing_is_heard_is_not_waited_for_until_it_is_heard_again() {
        nothingIsHeard();
        assertThat(note().heard()).isFalse();
        notes.beat(List.of(job, UUID.randomUUID()));
        assertThat(note().heard()).isTrue();
    }

    @Test
    void an_end_stands_however_long_ago_and_whatever_is_told_later() {
        assertThat(notes.end(job, "CANCELLED")).isTrue();
        nothingIsHeard();
        assertThat(notes.change(job, "RUNNING", 60, 120, SPENT))
                .as("who works learns of it")
                .isFalse();
        assertThat(notes.end(job, "INTERRUPTED")).isFalse();
        assertThat(note().state()).isEqualTo("CANCELLED");
        assertThat(note().heard()).isTrue();
    }

    @Test
    void a_second_start_keeps_what_is_noted() {
        notes.create();
        assertThat(notes.find(job)).isPresent();
        assertThat(notes.find(UUID.randomUUID())).isEmpty();
    }
}
