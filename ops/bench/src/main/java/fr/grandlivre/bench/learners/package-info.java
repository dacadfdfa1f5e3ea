/** Lets learners of known ability answer, and measures how well levels tell their abilities and how many answers that takes. */
@NullMarked
package fr.grandlivre.bench.learners;

import org.jspecify.annotations.NullMarked;
