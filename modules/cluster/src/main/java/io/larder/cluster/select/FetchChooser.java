package io.larder.cluster.select;

import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.Selection.Download;
import io.larder.protocol.fileid.RoutingFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which storage serves a file, or takes a change of it (S2 §3.5).
///
/// A replica may serve a file when it is the file's source, when the file is old enough that every
/// replica has it, or when its own progress covers the file. Any thread.
public final class FetchChooser {
  private final SelectionPolicy policy;
  private final StoreChooser store;
  private final long maxDelaySeconds;
  private final long maxTimeSeconds;

  public FetchChooser(SelectionPolicy policy, StoreChooser store) {
    this.policy = policy;
    this.store = store;
    this.maxDelaySeconds = policy.syncMaxDelay().toSeconds();
    this.maxTimeSeconds = policy.syncMaxTime().toSeconds();
  }

  /// A storage to download from (102).
  ///
  /// @param now epoch seconds
  /// @throws RefusedException ENOENT for an unknown group or when nobody can serve
  public StorageView fetchOne(ClusterView view, String name, String file, long now) {
    GroupView group = readableGroup(view, name);
    RoutingFacts facts = RoutingFacts.of(file);
    StorageView source = sourceOf(group, facts);
    boolean sourceFirst = !facts.isNormal() || policy.download() == Download.SOURCE_FIRST;
    if (sourceFirst && source != null && source.isReadable()) {
      return source;
    }
    StorageView replica = facts.isNormal() ? nextEligible(group, facts, source, now) : null;
    return replica != null ? replica : fallback(group);
  }

  /// Every storage that may have the file (105), sorted by id.
  public List<StorageView> fetchAll(ClusterView view, String name, String file, long now) {
    GroupView group = readableGroup(view, name);
    RoutingFacts facts = RoutingFacts.of(file);
    StorageView source = sourceOf(group, facts);
    List<StorageView> holders =
        group.readable().stream()
            .filter(s -> facts.isNormal() ? mayHave(s, facts, source, now) : isSame(s, source))
            .toList();
    return holders.isEmpty() ? List.of(fallback(group)) : holders;
  }

  /// The storage that takes a change of the file (103): its source, else any that takes writes.
  public StorageView update(ClusterView view, String name, String file) {
    GroupView group = group(view, name);
    if (group.writable().isEmpty()) {
      throw new RefusedException(Status.ENOENT, "group " + name + " has no writable storage");
    }
    StorageView source = sourceOf(group, RoutingFacts.of(file));
    return source != null && source.isWritable() ? source : store.writeServer(group);
  }

  private static GroupView group(ClusterView view, String name) {
    GroupView group = view.group(name).orElse(null);
    if (group == null) {
      throw new RefusedException(Status.ENOENT, "unknown group " + name);
    }
    return group;
  }

  private static GroupView readableGroup(ClusterView view, String name) {
    GroupView group = group(view, name);
    if (group.readable().isEmpty()) {
      throw new RefusedException(Status.ENOENT, "group " + name + " has no readable storage");
    }
    return group;
  }

  private @Nullable StorageView nextEligible(
      GroupView group, RoutingFacts facts, @Nullable StorageView source, long now) {
    List<StorageView> readable = group.readable();
    int start = group.turns().read().current(readable.size());
    for (int step = 0; step < readable.size(); step++) {
      int index = start + step < readable.size() ? start + step : start + step - readable.size();
      StorageView candidate = readable.get(index);
      if (mayHave(candidate, facts, source, now)) {
        group.turns().read().passOn(index, readable.size());
        return candidate;
      }
    }
    return null;
  }

  private boolean mayHave(
      StorageView storage, RoutingFacts facts, @Nullable StorageView source, long now) {
    long made = facts.timestamp();
    long synced = storage.progress().lastSynced();
    return isSame(storage, source)
        || made < now - maxDelaySeconds
        || synced > made
        || (synced + 1 >= made && now - made > maxTimeSeconds);
  }

  private StorageView fallback(GroupView group) {
    if (!group.writable().isEmpty()) {
      StorageView standing = store.standingWriteServer(group);
      if (standing.isReadable()) {
        return standing;
      }
    }
    throw new RefusedException(
        Status.ENOENT, "no readable storage of group " + group.name() + " can have the file");
  }

  private static boolean isSame(StorageView storage, @Nullable StorageView source) {
    return source != null && source.id().equals(storage.id());
  }

  private static @Nullable StorageView sourceOf(GroupView group, RoutingFacts facts) {
    String text = facts.source().toString();
    StorageView named = group.storage(text).orElse(null);
    boolean isId = facts.source().storageId().isPresent();
    return named != null || isId ? named : byAddress(group, text);
  }

  /// With storage ids, a name that carries an address means the storage at the group's common port.
  private static @Nullable StorageView byAddress(GroupView group, String ip) {
    for (StorageView storage : group.storages()) {
      if (storage.identity().port() == group.shape().storagePort()
          && storage.identity().addresses().contains(ip)) {
        return storage;
      }
    }
    return null;
  }
}
