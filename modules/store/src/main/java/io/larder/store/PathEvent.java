package io.larder.store;

/// A store path may do more or less than before.
///
/// @param index its number
/// @param directory the configured path
/// @param before what it did
/// @param now what it does
/// @param reason why, in one sentence
/// @param timeSeconds when, epoch seconds
public record PathEvent(
    int index, String directory, PathMode before, PathMode now, String reason, long timeSeconds) {}
