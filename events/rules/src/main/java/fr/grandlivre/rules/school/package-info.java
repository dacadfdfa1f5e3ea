/** What a roster may say, and what a new list changes about it. */
@NullMarked
package fr.grandlivre.rules.school;

import org.jspecify.annotations.NullMarked;
