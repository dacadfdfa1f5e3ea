package fr.grandlivre.rules.session;

import fr.grandlivre.rules.DataNode;
import fr.grandlivre.rules.ShippedFiles;
import fr.grandlivre.rules.framework.Text;
import java.util.List;
import java.util.Optional;

/**
 * A category of issues that a centre reports to the jury (domain rules, issue categories). Those of questions also name
 * the alerts that candidates raise.
 *
 * @param code                  name on the wire, {@code image-not-displaying}
 * @param parent                the group it stands in; empty for most
 * @param scope                 what it is about
 * @param state                 whether it may be reported today
 * @param blocksBulkPublication whether a person must look before results are published
 * @param neutralises           what happens to its question
 * @param requires              what a report of it must say
 * @param label                 for people
 */
public record IssueCategory(
        String code,
        Optional<String> parent,
        Scope scope,
        State state,
        boolean blocksBulkPublication,
        Neutralises neutralises,
        Requires requires,
        Text label) {
    /** What an issue is about. */
    public enum Scope {
        CANDIDATE,
        CHALLENGE,
        SESSION
    }

    /** Whether a category is in use. */
    public enum State {
        /** May be reported. */
        CURRENT,
        /** Gathers others and is not reported itself. */
        GROUP,
        /** Stands in old reports only. */
        DEPRECATED
    }

    /** When an issue takes its question out of the score; an {@code IF} asks for a trait, and for an answer not right. */
    public enum Neutralises {
        NEVER,
        ALWAYS,
        IF_IMAGE,
        IF_EMBED,
        IF_FILE,
        IF_TIMED,
        IF_SKIPPED
    }

    /** What a report must say. */
    public enum Requires {
        NOTHING,
        DESCRIPTION,
        QUESTION_NUMBER
    }

    /** @return all categories, in the order in which people choose among them */
    public static List<IssueCategory> shipped() {
        return Shipped.CATEGORIES;
    }

    /** @return the categories that may be reported today */
    public static List<IssueCategory> current() {
        return Shipped.CATEGORIES.stream()
                .filter(category -> category.state() == State.CURRENT)
                .toList();
    }

    /** @return the categories that a candidate may raise an alert with */
    public static List<IssueCategory> ofAlerts() {
        return current().stream()
                .filter(category -> category.scope() == Scope.CHALLENGE)
                .toList();
    }

    /** @return the category of that code; empty when there is none */
    public static Optional<IssueCategory> of(String code) {
        return Shipped.CATEGORIES.stream()
                .filter(category -> category.code().equals(code))
                .findFirst();
    }

    private static IssueCategory read(DataNode node) {
        node.only("code", "parent", "scope", "state", "blocksBulkPublication", "neutralises", "requires", "label");
        DataNode label = node.object("label");
        label.only("fr", "en");
        return new IssueCategory(
                node.text("code"),
                node.optionalText("parent"),
                node.constant("scope", Scope.values()),
                node.constant("state", State.values()),
                node.flag("blocksBulkPublication"),
                node.constant("neutralises", Neutralises.values()),
                node.constant("requires", Requires.values()),
                new Text(label.text("fr"), label.text("en")));
    }

    /** Reads the file once, when first asked for. */
    private static final class Shipped {
        private static final String FILE = "rules/session/issue-categories.yaml";
        private static final List<IssueCategory> CATEGORIES = DataNode.checked(
                FILE,
                ShippedFiles.text(FILE),
                file -> file.objects("categories").stream()
                        .map(IssueCategory::read)
                        .toList());
    }
}
