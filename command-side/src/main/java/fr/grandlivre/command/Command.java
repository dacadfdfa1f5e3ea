package fr.grandlivre.command;

import java.util.UUID;

/**
 * The wish that something happen, parsed and typed. Each feature has one sealed interface that extends this one; its
 * records are the commands. Immutable.
 */
public interface Command {
    /** @return the stream that the command is about; a command over several streams names the one it is sent to */
    UUID stream();
}
