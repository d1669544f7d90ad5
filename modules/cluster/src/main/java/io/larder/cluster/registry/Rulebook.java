package io.larder.cluster.registry;

import io.larder.cluster.identity.IdentityPolicy;
import io.larder.cluster.select.SelectionPolicy;
import java.time.Duration;

/// The settings that rules need.
///
/// @param checkActiveInterval a storage that is silent for longer counts as gone
public record Rulebook(
    SelectionPolicy selection, IdentityPolicy identity, Duration checkActiveInterval) {}
