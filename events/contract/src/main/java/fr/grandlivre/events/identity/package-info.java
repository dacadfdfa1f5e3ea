/** Accounts, ways to sign in, roles. */
@NullMarked
package fr.grandlivre.events.identity;

import org.jspecify.annotations.NullMarked;
