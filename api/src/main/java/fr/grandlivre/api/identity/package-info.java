/** Accounts and roles. */
@NullMarked
package fr.grandlivre.api.identity;

import org.jspecify.annotations.NullMarked;
