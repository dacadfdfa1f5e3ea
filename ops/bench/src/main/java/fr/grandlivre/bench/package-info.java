/** Measures what Grand Livre promises, beside what PostgreSQL and Axon do alone, in one run. */
@NullMarked
package fr.grandlivre.bench;

import org.jspecify.annotations.NullMarked;
