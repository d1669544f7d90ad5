package io.larder.store.scrubber;

import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.store.scrub.SlotWindow;

/// What a pass works with.
///
/// @param path what is read
/// @param suspects takes what is found
/// @param position where the position is kept
/// @param tally counts
/// @param ticker for the time between savings
/// @param clock for what is written down
/// @param reading told after each read: waits as long as the pace demands, and throws when the pass is to stop
/// @param looking the same, told before each file and directory
record ScrubWork(
    ScrubbedPath path,
    Suspects suspects,
    ScrubStateFile position,
    ScrubTally tally,
    Ticker ticker,
    WallClock clock,
    SlotWindow.Reading reading,
    Runnable looking) {}
