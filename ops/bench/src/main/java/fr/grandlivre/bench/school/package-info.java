/** A large school: made by the demonstration's commands, then read as its teachers and its head read it. */
@NullMarked
package fr.grandlivre.bench.school;

import org.jspecify.annotations.NullMarked;
