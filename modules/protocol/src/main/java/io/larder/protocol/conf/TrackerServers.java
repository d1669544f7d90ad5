package io.larder.protocol.conf;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The `tracker_server` lines: who the trackers are, without duplicates, in the order of the reference.
final class TrackerServers {
  static final int DEFAULT_PORT = 22122;
  static final int MAX = 16;

  static final Setting<PeerAddress> TRACKER_SERVER =
      Setting.of(
              "tracker_server",
              ValueType.of(
                  "address", PeerAddress.ALLOWED, text -> PeerAddress.parse(text, DEFAULT_PORT)))
          .repeated()
          .means(
              "A tracker; one line for each, at most "
                  + MAX
                  + ", default port "
                  + DEFAULT_PORT
                  + ".");

  private TrackerServers() {}

  static List<PeerAddress> read(EffectiveSettings in) {
    Set<PeerAddress> distinct = new LinkedHashSet<>();
    for (PeerAddress address : in.list(TRACKER_SERVER)) {
      if (!distinct.add(address)) {
        in.warn(TRACKER_SERVER, address + " is given twice and counts once");
      }
    }
    if (distinct.size() > MAX) {
      throw in.refused(
          TRACKER_SERVER, distinct.size() + " trackers are too many", "at most " + MAX);
    }
    var sorted = new ArrayList<>(distinct);
    sorted.sort(null);
    return List.copyOf(sorted);
  }

  /// @throws ConfException when there is none
  static List<PeerAddress> readRequired(EffectiveSettings in) {
    List<PeerAddress> trackers = read(in);
    if (trackers.isEmpty()) {
      throw in.refused(TRACKER_SERVER, "at least one tracker is required", PeerAddress.ALLOWED);
    }
    return trackers;
  }
}
