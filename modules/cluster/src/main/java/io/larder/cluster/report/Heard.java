package io.larder.cluster.report;

/// The answer to a beat or a report.
///
/// @param entered the storage came into service with it, so its peers' list counts as unseen
public record Heard(boolean entered) {}
