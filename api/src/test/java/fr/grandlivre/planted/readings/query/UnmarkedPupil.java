package fr.grandlivre.planted.readings.query;

/** Names somebody and does not say so. */
public record UnmarkedPupil(String lastName) {}
