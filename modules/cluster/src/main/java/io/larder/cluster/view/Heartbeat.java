package io.larder.cluster.view;

import io.larder.protocol.wire.StatBlock;

/// When a storage was last heard, and what it had counted then.
///
/// @param lastBeat epoch seconds, 0 = never
public record Heartbeat(StatBlock counters, long lastBeat) {
  public static final Heartbeat NONE =
      new Heartbeat(StatBlock.of(new StatBlock.Connections(0, 0, 0), _ -> 0), 0);
}
