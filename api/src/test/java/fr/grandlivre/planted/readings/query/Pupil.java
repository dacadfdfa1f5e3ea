package fr.grandlivre.planted.readings.query;

import fr.grandlivre.query.ShowsPeople;

/** Marked, as it should be. */
@ShowsPeople
public record Pupil(String lastName) {}
