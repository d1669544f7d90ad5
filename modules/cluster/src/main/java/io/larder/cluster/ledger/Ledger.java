package io.larder.cluster.ledger;

import io.larder.protocol.conf.PeerAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// What trackers must agree on and never forget. Readers take the newest state without waiting;
/// changes complete when they are certain.
public interface Ledger {
  /// Who leads; any thread, never waits.
  Leadership leadership();

  /// A storage has named the trackers of the cluster.
  ///
  /// @param self this tracker's entry in the list
  /// @param trackers the whole list
  CompletionStage<Leadership> named(PeerAddress self, List<PeerAddress> trackers);

  /// A storage has met two leaders: whoever leads asks itself again (68).
  CompletionStage<Leadership> reselect();
}
