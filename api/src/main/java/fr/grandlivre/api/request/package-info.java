/** How a request is read: strict JSON, size limits, language, command ids. */
@NullMarked
package fr.grandlivre.api.request;

import org.jspecify.annotations.NullMarked;
