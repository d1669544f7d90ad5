package io.larder.cluster.status;

import io.larder.protocol.wire.StorageStatus;
import java.util.Set;

/// The answer of [StatusMachine] to one event.
public sealed interface StatusStep {
  /// The storage has this status from now on; the effects are to be carried out.
  record Moved(StorageStatus next, Set<StatusEffect> effects) implements StatusStep {
    public Moved {
      effects = Set.copyOf(effects);
    }
  }

  /// Nothing changes and the sender gets this status byte, see `io.larder.protocol.Status`.
  record Refused(int status) implements StatusStep {}
}
