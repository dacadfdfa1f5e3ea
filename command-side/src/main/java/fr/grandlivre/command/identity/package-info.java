/** Opens accounts, attaches ways to sign in, grants and withdraws roles. */
@NullMarked
package fr.grandlivre.command.identity;

import org.jspecify.annotations.NullMarked;
