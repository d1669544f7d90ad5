package io.larder.cluster.admin;

import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.cluster.view.SyncProgress;
import io.larder.cluster.view.SyncSource;
import io.larder.protocol.fileid.StorageId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Keeps what storages know of each other right when one of them goes or is renamed.
final class Sources {
  private Sources() {}

  /// Nobody waits for the history of `gone` any more.
  static GroupView cleared(GroupView group, StorageId gone) {
    GroupView next = group;
    for (StorageView storage : group.storages()) {
      if (isSource(storage, gone)) {
        next = next.with(storage.withSource(Optional.empty()));
      }
    }
    return next;
  }

  /// What was known of `old` is known of `now`.
  static GroupView renamed(GroupView group, StorageId old, StorageId now) {
    GroupView next = group;
    for (StorageView storage : group.storages()) {
      StorageView changed = storage;
      if (isSource(storage, old)) {
        changed =
            changed.withSource(
                storage.source().map(source -> new SyncSource(now, source.untilTimestamp())));
      }
      Map<StorageId, Long> bySource = new HashMap<>(storage.progress().bySource());
      Long timestamp = bySource.remove(old);
      if (timestamp != null) {
        bySource.put(now, timestamp);
        changed = changed.withProgress(new SyncProgress(bySource, storage.progress().lastSynced()));
      }
      next = changed.equals(storage) ? next : next.with(changed);
    }
    return next;
  }

  private static boolean isSource(StorageView storage, StorageId id) {
    return storage.source().isPresent() && storage.source().get().id().equals(id);
  }
}
