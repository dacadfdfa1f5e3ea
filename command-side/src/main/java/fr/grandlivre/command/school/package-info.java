/** Registers establishments and keeps their rosters. */
@NullMarked
package fr.grandlivre.command.school;

import org.jspecify.annotations.NullMarked;
