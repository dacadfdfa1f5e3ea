package fr.grandlivre.command;

import java.util.Locale;

/**
 * Why a command is refused: the closed list of the domain rules. The last six stand for identifiers that are unknown to
 * the ledger, or belong to another tenant, which a caller must not be able to tell apart.
 */
public enum Refusal {
    /** The content breaks a law of the framework, or its hash differs. */
    CONTENT_INVALID(422),
    /** The version was published with other content. */
    VERSION_EXISTS,
    /** A version that begins later is already in force. */
    VALID_FROM_IN_PAST,
    /** The version has no such challenge. */
    UNKNOWN_CHALLENGE(404),
    /** The framework in force has no such competence. */
    UNKNOWN_COMPETENCE(404),
    /** Choices or fields do not fit the challenge. */
    ANSWER_SHAPE(422),
    /** The challenge has an answer already. */
    ALREADY_ANSWERED,
    /** Another challenge is due; it is named. */
    NOT_THE_DUE_CHALLENGE,
    /** No challenge is left to ask. */
    NOTHING_TO_ASK,
    /** There is no answer yet, or the clock of a timed challenge was not started. */
    NOT_STARTED,
    /** The waiting time is not over; its end is named. */
    TOO_EARLY,
    /** No skill has failed. */
    NOTHING_TO_IMPROVE,
    /** The history was absorbed before. */
    SOURCE_ALREADY_ABSORBED,
    /** The framework in force has no such tutorial. */
    UNKNOWN_TUTORIAL(404),
    /** An end lies before its beginning. */
    DATES_INVERTED(422),
    /** A campaign is for nobody. */
    AUDIENCE_EMPTY(422),
    /** A campaign asks nothing. */
    TARGET_EMPTY(422),
    /** The framework has no such tube. */
    UNKNOWN_TUBE(422),
    /** The campaign is closed. */
    CAMPAIGN_CLOSED,
    /** Somebody takes part already. */
    CAMPAIGN_STARTED,
    /** No campaign has this code. */
    UNKNOWN_CODE(404),
    /** The campaign is not open yet. */
    NOT_OPEN_YET,
    /** The campaign is for other years. */
    WRONG_AUDIENCE,
    /** The waiting time of the campaign is not over. */
    TOO_EARLY_TO_RETRY,
    /** The participation is not completed. */
    NOT_COMPLETED,
    /** The INE has another shape. */
    INE_MALFORMED,
    /** Another pupil of the school and year has this INE. */
    INE_DUPLICATE,
    /** The birth date is before 1900-01-02 or in the future. */
    BIRTH_DATE_INVALID,
    /** The level of schooling is not one of 6e 5e 4e 3e 2de 1re Tle. */
    YEAR_UNKNOWN,
    /** The pupil has no class. */
    DIVISION_EMPTY,
    /** The pupil stands on the roster already. */
    LINE_DUPLICATE,
    /** Another pupil has the same names. */
    HOMONYM,
    /** The roster moved since it was read. */
    DRY_RUN_OUTDATED,
    /** The pupil is not on the roster. */
    NOT_ENROLLED,
    /** The planned day is over. */
    DATE_IN_PAST(422),
    /** The planned day is years away: a slip. */
    DATE_TOO_FAR(422),
    /** The session is closed. */
    SESSION_FINALISED,
    /** The exam has started. */
    EXAM_ALREADY_STARTED,
    /** The session has no place left. */
    SESSION_FULL,
    /** The learner is a candidate of the session already. */
    ALREADY_CANDIDATE,
    /** Extra time is 0 to 100 percent. */
    EXTRA_TIME_RANGE(422),
    /** The certificate needs a birth place. */
    BIRTH_PLACE_MISSING(422),
    /** The invigilators' code is another one. */
    WRONG_INVIGILATOR_CODE(403),
    /** The session has no such candidate. */
    UNKNOWN_CANDIDATE(404),
    /** The candidate's presence was not confirmed. */
    NOT_PRESENT,
    /** The exam is over; 410 when it is an answer that comes after the end. */
    EXAM_ENDED,
    /** Session, access code, names or birth date do not match; never said which. */
    JOIN_REFUSED(404),
    /** The session is planned for another day. */
    NOT_TODAY,
    /** The learner sits an exam already. */
    EXAM_ALREADY_RUNNING,
    /** The invigilator has not let the candidate in. */
    NOT_ADMITTED,
    /** Too few competences have level 1; the missing ones are named. */
    NOT_CERTIFIABLE(422),
    /** The exam has not started. */
    EXAM_NOT_STARTED,
    /** Another device took the exam over. */
    EXAM_TAKEN_OVER,
    /** The time of the exam is over. */
    EXAM_OVER(410),
    /** An alert is open on a question. */
    ALERT_OPEN,
    /** Another question is due; its number is named. */
    QUESTION_OUT_OF_ORDER,
    /** No alert is open. */
    NO_OPEN_ALERT,
    /** No challenge can take the place of the question. */
    NO_REPLACEMENT,
    /** At most 30 minutes are given back. */
    TIME_RANGE(422),
    /** No such category of issues. */
    CATEGORY_UNKNOWN(422),
    /** The category is no longer used. */
    CATEGORY_DEPRECATED(422),
    /** The category concerns a question. */
    QUESTION_REQUIRED(422),
    /** The exam has no such question. */
    UNKNOWN_QUESTION(422),
    /** The results are published. */
    SESSION_PUBLISHED,
    /** The session has no candidate. */
    NO_CANDIDATE,
    /** An exam of the session is running; the candidates are named. */
    EXAM_IN_PROGRESS,
    /** Nobody said whether a candidate was there; the candidates are named. */
    PRESENCE_UNSTATED,
    /** A candidate who was seen in the room is stated absent; the candidates are named. */
    CANDIDATE_PRESENT,
    /** Somebody is stated absent who is no candidate of the session; the ids are named. */
    ABSENT_UNKNOWN(422),
    /** A comment has at most 500 characters. */
    COMMENT_TOO_LONG(422),
    /** The exam is still running. */
    EXAM_NOT_ENDED,
    /** The centre has not closed the session. */
    SESSION_NOT_FINALISED,
    /** The scoring table has no row for a competence. */
    SCORING_RULE_MISSING,
    /** A reason has at least 10 characters. */
    REASON_TOO_SHORT(422),
    /** Results are published: one person proposes, another confirms. */
    SECOND_PERSON_REQUIRED,
    /** The person who proposed may not confirm. */
    SAME_PERSON,
    /** The proposal is older than 14 days. */
    ACT_LAPSED,
    /** The state is not the one that was previewed. */
    STATE_CHANGED_SINCE_PREVIEW,
    /** An exam has no result; the exams are named. */
    EXAM_IN_ERROR,
    /** An issue blocks publication in bulk. */
    BLOCKING_ISSUE,
    /** The verification code belongs to another certificate. */
    CODE_TAKEN,
    /** No free verification code was drawn. */
    CODE_SPACE_EXHAUSTED(503),
    /** The result is not published. */
    NOT_PUBLISHED,
    /** The published result is not validated. */
    OUTCOME_NOT_VALIDATED,
    /** The certificate was issued with other content. */
    ALREADY_ISSUED,
    /** The text is no verification code. */
    CODE_MALFORMED(422),
    /** The framework version of that day has no such competence. */
    COMPETENCE_OUTSIDE_FRAMEWORK(422),
    /** A level is above the greatest of the framework version. */
    LEVEL_ABOVE_SCALE(422),
    /** The day has not come yet. */
    DATE_IN_FUTURE(422),
    /** No such certificate. */
    UNKNOWN_CERTIFICATE(404),
    /** The certificate is revoked, for ever. */
    ALREADY_REVOKED,
    /** The certificate is not suspended. */
    NOT_SUSPENDED,
    /** The certificate belongs to somebody else. */
    NOT_HOLDER(404),
    /** The export is too large for one person alone. */
    ROWS_ABOVE_LIMIT,
    /** The read model has not caught up. */
    VIEW_BEHIND(503),
    /** The rule version was published with another definition. */
    RULE_EXISTS,
    /** Both accounts are the same. */
    SAME_ACCOUNT(422),
    /** An exam is running. */
    EXAM_RUNNING,
    /** The person was erased. */
    ERASED_ACCOUNT,
    /** The account was merged into another one. */
    ALREADY_MERGED,
    /** The way to sign in leads to another account. */
    SIGN_IN_TAKEN,
    /** An account keeps one way to sign in. */
    LAST_SIGN_IN,
    /** The attach code is unknown, used or too old. */
    ATTACH_CODE_REFUSED(404),
    /** The role holds for one establishment or session, which is missing. */
    SCOPE_MISSING(422),
    /** The data are under a legal hold. */
    LEGAL_HOLD,
    /** No purpose was stated. */
    PURPOSE_MISSING(422),
    /** The session number belongs to another session: draw again. */
    NUMBER_TAKEN,
    /** The establishment holds a centre already. */
    CENTRE_EXISTS,
    /** No such account. */
    UNKNOWN_ACCOUNT(404),
    /** No such establishment. */
    UNKNOWN_SCHOOL(404),
    /** No such centre. */
    UNKNOWN_CENTRE(404),
    /** No such session. */
    UNKNOWN_SESSION(404),
    /** No such exam. */
    UNKNOWN_EXAM(404),
    /** No such campaign, or no such participation in it. */
    UNKNOWN_CAMPAIGN(404);

    private static final int CONFLICT = 409;

    private final int status;

    Refusal() {
        this(CONFLICT);
    }

    Refusal(int status) {
        this.status = status;
    }

    /** @return the code on the wire, kebab-case: {@code already-revoked} */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return the HTTP status that the domain rules give to the code; 409 unless they say otherwise */
    public int status() {
        return status;
    }
}
