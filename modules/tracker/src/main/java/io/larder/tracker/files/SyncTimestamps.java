package io.larder.tracker.files;

import io.larder.cluster.select.SelectionPolicy;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.cluster.view.SyncProgress;
import io.larder.protocol.MalformedException;
import io.larder.protocol.conf.Selection.Server;
import io.larder.protocol.fileid.StorageId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `data/storage_sync_timestamp.dat`: one row per source, `group,source,` and the timestamp that each
/// storage of the group has reached with it, in the order in which the storages were added (S2 §6).
final class SyncTimestamps {
  private SyncTimestamps() {}

  /// The whole file.
  static String text(ClusterView view) {
    StringBuilder out = new StringBuilder();
    for (GroupView group : view.groups()) {
      List<StorageView> storages = inOrder(group);
      for (StorageView source : storages) {
        out.append(group.name()).append(',').append(source.id());
        for (StorageView destination : storages) {
          out.append(',').append(destination.progress().bySource().getOrDefault(source.id(), 0L));
        }
        out.append('\n');
      }
    }
    return out.toString();
  }

  /// Puts what the file says into a view; rows of storages that are gone are passed over.
  static ClusterView read(String text, ClusterView view, SelectionPolicy policy) {
    ClusterView next = view;
    for (GroupView group : view.groups()) {
      List<StorageView> storages = inOrder(group);
      Map<StorageId, Map<StorageId, Long>> reached = new HashMap<>();
      text.lines()
          .map(line -> line.split(",", -1))
          .filter(row -> row.length > 1 && row[0].equals(group.name().text()))
          .forEach(row -> collect(row, storages, reached));
      GroupView changed = group;
      for (StorageView storage : storages) {
        Map<StorageId, Long> bySource = reached.getOrDefault(storage.id(), Map.of());
        changed = changed.with(storage.withProgress(progress(bySource, policy)));
      }
      next = next.with(changed);
    }
    return next;
  }

  static List<StorageView> inOrder(GroupView group) {
    return group.storages().stream()
        .filter(s -> !io.larder.cluster.status.StatusMachine.isGone(s.status()))
        .sorted(Comparator.comparingInt(s -> s.identity().order()))
        .toList();
  }

  private static void collect(
      String[] row, List<StorageView> storages, Map<StorageId, Map<StorageId, Long>> reached) {
    StorageId source = StorageId.of(row[1]);
    for (int i = 2; i < row.length && i - 2 < storages.size(); i++) {
      long timestamp = number(row[i]);
      if (timestamp > 0) {
        reached
            .computeIfAbsent(storages.get(i - 2).id(), _ -> new HashMap<>())
            .put(source, timestamp);
      }
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new MalformedException("timestamp: '" + text + "' is no number");
    }
  }

  private static SyncProgress progress(Map<StorageId, Long> bySource, SelectionPolicy policy) {
    var known = bySource.values().stream().mapToLong(Long::longValue);
    long lastSynced =
        policy.server() == Server.ROUND_ROBIN ? known.min().orElse(0) : known.max().orElse(0);
    return new SyncProgress(bySource, lastSynced);
  }
}
