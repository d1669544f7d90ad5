package io.larder.tracker.session;

import io.larder.cluster.ledger.Ledger;
import io.larder.cluster.registry.Registry;
import io.larder.cluster.select.FetchChooser;
import io.larder.cluster.select.StoreChooser;
import io.larder.platform.WallClock;
import io.larder.protocol.wire.AddressWidth;
import io.larder.tracker.TrackerCounters;
import io.larder.tracker.TrackerSettings;
import java.util.concurrent.atomic.AtomicLong;

/// What all sessions of a tracker share; safe on any thread.
///
/// @param parameters the text of command 75
/// @param upTime epoch seconds of the start
/// @param connectionNumbers gives every connection a number of its own
public record TrackerParts(
    TrackerSettings settings,
    Registry registry,
    Ledger ledger,
    Archive archive,
    StoreChooser store,
    FetchChooser fetch,
    AddressWidth width,
    String parameters,
    TrackerCounters counters,
    WallClock clock,
    long upTime,
    AtomicLong connectionNumbers) {}
