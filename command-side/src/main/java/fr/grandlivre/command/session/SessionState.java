package fr.grandlivre.command.session;

import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.CandidateCorrected;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CandidateWithdrawn;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.ExamSlotReleased;
import fr.grandlivre.events.session.SessionEvent.ExamSlotTaken;
import fr.grandlivre.events.session.SessionEvent.InvigilatorCodeDrawn;
import fr.grandlivre.events.session.SessionEvent.InvigilatorsNamed;
import fr.grandlivre.events.session.SessionEvent.IssueReported;
import fr.grandlivre.events.session.SessionEvent.IssueResolved;
import fr.grandlivre.events.session.SessionEvent.OfficerAssigned;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.session.SessionEvent.SessionRescheduled;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.rules.session.SessionDossier;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** What the events of a centre, a session or a learner's exam slot amount to; {@link ExamState} is the exam's. */
sealed interface SessionState {
    /** @param open whether the centre opened */
    record CentreState(boolean open) implements SessionState {
        static final CentreState ABSENT = new CentreState(false);

        CentreState evolve(SessionEvent event) {
            if (event instanceof CentreOpened) {
                return new CentreState(true);
            }
            throw onAnotherStream();
        }
    }

    /** @param running the exam that the learner sits; empty when none */
    record SlotState(Optional<ExamId> running) implements SessionState {
        static final SlotState FREE = new SlotState(Optional.empty());

        SlotState evolve(SessionEvent event) {
            if (event instanceof ExamSlotTaken taken) {
                return new SlotState(Optional.of(taken.exam()));
            }
            if (event instanceof ExamSlotReleased) {
                return FREE;
            }
            throw onAnotherStream();
        }
    }

    /** A session. */
    sealed interface Sitting extends SessionState {
        Sitting evolve(SessionEvent event);
    }

    /** Not planned. */
    record Unplanned() implements Sitting {
        @Override
        public Sitting evolve(SessionEvent event) {
            if (event instanceof SessionScheduled scheduled) {
                return new Planned(scheduled, new LinkedHashMap<>(), Set.of(), Phase.OPEN, SessionDossier.EMPTY);
            }
            throw onAnotherStream();
        }
    }

    /**
     * Planned, open or not.
     *
     * @param facts      as planned, at the latest date, time and room, with the people named last
     * @param candidates in the order of enrolment
     * @param withdrawn  who is no candidate any more
     * @param phase      how far it is
     * @param dossier    what its jury has to look at
     */
    record Planned(
            SessionScheduled facts,
            SequencedMap<CandidateId, Candidate> candidates,
            Set<CandidateId> withdrawn,
            Phase phase,
            SessionDossier dossier)
            implements Sitting {
        public Planned {
            candidates = Collections.unmodifiableSequencedMap(candidates);
            withdrawn = Set.copyOf(withdrawn);
        }

        @Override
        public Sitting evolve(SessionEvent event) {
            return switch (event) {
                case CandidateEnrolled(var _, var candidate, var learner, var extraTime, var sealed) ->
                    with(candidate, new Candidate(learner, extraTime, sealed.value()));
                case CandidateCorrected(var _, var candidate, var learner, var extraTime, var sealed) ->
                    with(candidate, new Candidate(learner, extraTime, sealed.value()));
                case CandidateWithdrawn(var _, var candidate) -> without(candidate);
                case SessionRescheduled moved -> new Planned(at(moved), candidates, withdrawn, phase, dossier);
                case InvigilatorsNamed(var _, var invigilators) ->
                    new Planned(watchedBy(invigilators), candidates, withdrawn, phase, dossier);
                case InvigilatorCodeDrawn(var _, var mac) ->
                    new Planned(openedBy(mac), candidates, withdrawn, phase, dossier);
                case SessionFinalised _ ->
                    new Planned(facts, candidates, withdrawn, Phase.FINALISED, dossier.after(event));
                case SessionPublished _ -> new Planned(facts, candidates, withdrawn, Phase.PUBLISHED, dossier);
                case IssueReported _, IssueResolved _, OfficerAssigned _ ->
                    new Planned(facts, candidates, withdrawn, phase, dossier.after(event));
                default -> throw onAnotherStream();
            };
        }

        private Planned with(CandidateId candidate, Candidate known) {
            SequencedMap<CandidateId, Candidate> more = new LinkedHashMap<>(candidates);
            more.put(candidate, known);
            return new Planned(facts, more, withdrawn, phase, dossier);
        }

        private Planned without(CandidateId candidate) {
            SequencedMap<CandidateId, Candidate> fewer = new LinkedHashMap<>(candidates);
            fewer.remove(candidate);
            Set<CandidateId> gone = new HashSet<>(withdrawn);
            gone.add(candidate);
            return new Planned(facts, fewer, gone, phase, dossier);
        }

        private SessionScheduled at(SessionRescheduled moved) {
            return planned(
                    moved.toDate(), moved.toTime(), moved.toRoom(), facts.invigilators(), facts.invigilatorCodeMac());
        }

        private SessionScheduled watchedBy(List<AccountId> invigilators) {
            return planned(
                    facts.plannedDate(), facts.plannedTime(), facts.room(), invigilators, facts.invigilatorCodeMac());
        }

        private SessionScheduled openedBy(String invigilatorCodeMac) {
            return planned(
                    facts.plannedDate(), facts.plannedTime(), facts.room(), facts.invigilators(), invigilatorCodeMac);
        }

        private SessionScheduled planned(
                LocalDate date, String time, String room, List<AccountId> invigilators, String invigilatorCodeMac) {
            return new SessionScheduled(
                    facts.session(),
                    facts.number(),
                    facts.centre(),
                    date,
                    time,
                    room,
                    invigilators,
                    facts.accessCode(),
                    invigilatorCodeMac,
                    facts.effectiveMs(),
                    facts.slotMs());
        }

        /** @return the learner's candidacy; a learner has one in a session */
        Optional<CandidateId> candidateOf(LearnerId learner) {
            return candidates.entrySet().stream()
                    .filter(entry -> entry.getValue().learner().equals(learner))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }

        boolean isClosed() {
            return phase != Phase.OPEN;
        }
    }

    /**
     * @param learner          who
     * @param extraTimePercent 0..100
     * @param identity         as the certificate will print it; empty when erased
     */
    record Candidate(LearnerId learner, int extraTimePercent, Optional<CandidateIdentity> identity) {}

    /** How far a session is. */
    enum Phase {
        OPEN,
        FINALISED,
        PUBLISHED
    }

    private static AssertionError onAnotherStream() {
        return new AssertionError("this event belongs to another stream, or comes out of order");
    }
}
