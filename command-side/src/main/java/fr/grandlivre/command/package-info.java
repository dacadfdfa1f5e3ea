/** Decides: what every feature's deciders, aggregates and policies stand on. */
@NullMarked
package fr.grandlivre.command;

import org.jspecify.annotations.NullMarked;
