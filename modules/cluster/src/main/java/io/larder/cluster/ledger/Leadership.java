package io.larder.cluster.ledger;

import io.larder.protocol.conf.PeerAddress;
import java.util.Optional;

/// Who leads the trackers, as this one knows.
///
/// @param self this tracker's entry in the list of trackers, once a storage has named it
/// @param leader the leading tracker, if one is known
/// @param changes counts changes of this tracker's leadership, from 0; a connection that saw another
///     number is told who leads
public record Leadership(Optional<PeerAddress> self, Optional<PeerAddress> leader, int changes) {
  /// No storage has joined yet.
  public static final Leadership NONE = new Leadership(Optional.empty(), Optional.empty(), 0);

  /// Whether this tracker leads.
  public boolean isMine() {
    return self.isPresent() && self.equals(leader);
  }
}
