package io.larder.cluster.view;

import io.larder.protocol.fileid.StorageId;
import java.util.Map;

/// What a storage has received from the others, by its own reports (S2 §3.6).
///
/// @param bySource per source storage the largest timestamp of a file received from it
/// @param lastSynced everything up to this second is believed to be there; 0 = nothing is known
public record SyncProgress(Map<StorageId, Long> bySource, long lastSynced) {
  public static final SyncProgress NONE = new SyncProgress(Map.of(), 0);

  public SyncProgress {
    bySource = Map.copyOf(bySource);
  }
}
