/** Opens centres, plans sessions, lets candidates sit exams, scores and publishes. */
@NullMarked
package fr.grandlivre.command.session;

import org.jspecify.annotations.NullMarked;
