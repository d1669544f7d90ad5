package io.larder.cluster.view;

import io.larder.cluster.identity.IdentityPolicy;
import io.larder.cluster.identity.KnownIds;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.select.Reserve;
import io.larder.cluster.select.SelectionPolicy;
import io.larder.cluster.view.GroupView.GroupSpace;
import io.larder.protocol.conf.RwMode;
import io.larder.protocol.conf.Selection.Download;
import io.larder.protocol.conf.Selection.Lookup;
import io.larder.protocol.conf.Selection.Path;
import io.larder.protocol.conf.Selection.Server;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.MemberRequest.ReportDiskUsage.PathSpace;
import io.larder.protocol.wire.StorageStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Clusters for tests, in the domain's words.
public final class Given {
  public static final int PORT = 23000;

  private Given() {}

  /// A storage in service with one path of 1 000 MB, half of it free.
  public static StorageView storage(String id) {
    return storage(id, StorageStatus.ACTIVE, 500);
  }

  public static StorageView storage(String id, StorageStatus status, long... freeMb) {
    List<PathSpace> paths = new ArrayList<>();
    for (long free : freeMb) {
      paths.add(new PathSpace(1_000, free));
    }
    String ip = id.indexOf('.') > 0 ? id : "10.1.1." + (id.hashCode() & 0x7F);
    return StorageView.added(
            new Identity(StorageId.of(id), Addresses.of(ip), PORT, RwMode.BOTH, 0),
            status,
            new Announced("6.16.1", 1, 2, 10, freeMb.length, 256))
        .withDisk(DiskSpace.of(paths));
  }

  public static StorageView withMode(StorageView storage, RwMode mode) {
    Identity was = storage.identity();
    return storage.withIdentity(
        new Identity(was.id(), was.addresses(), was.port(), mode, was.order()));
  }

  public static StorageView withPriority(StorageView storage, int priority) {
    Announced was = storage.announced();
    return storage.withAnnounced(
        new Announced(
            was.version(),
            was.joinTime(),
            was.upTime(),
            priority,
            was.storePathCount(),
            was.subdirCount()));
  }

  public static StorageView synced(StorageView storage, long lastSynced) {
    return storage.withProgress(new SyncProgress(java.util.Map.of(), lastSynced));
  }

  public static GroupView group(String name, StorageView... storages) {
    GroupView group = GroupView.empty(GroupName.of(name));
    int paths = 1;
    for (StorageView storage : storages) {
      Identity was = storage.identity();
      group =
          group.with(
              storage.withIdentity(
                  new Identity(
                      was.id(), was.addresses(), was.port(), was.mode(), group.nextOrder())));
      paths = storage.announced().storePathCount();
    }
    long free =
        Arrays.stream(storages)
            .filter(StorageView::isWritable)
            .mapToLong(s -> s.disk().freeMb())
            .min()
            .orElse(0);
    return group
        .withShape(new GroupShape(PORT, paths, 256))
        .withSpace(new GroupSpace(1_000L * paths, free));
  }

  public static ClusterView cluster(GroupView... groups) {
    ClusterView view = ClusterView.empty();
    for (GroupView group : groups) {
      view = view.with(group);
    }
    return view;
  }

  /// The defaults of the code with a reserve of 100 MB.
  public static Policy policy() {
    return new Policy();
  }

  public static Rulebook rules(SelectionPolicy selection) {
    return new Rulebook(
        selection,
        new IdentityPolicy(false, false, true, true, KnownIds.NONE),
        Duration.ofSeconds(100));
  }

  /// A selection policy in the making.
  public static final class Policy {
    private Lookup groupRule = Lookup.ROUND_ROBIN;
    private Optional<GroupName> storeGroup = Optional.empty();
    private Server serverRule = Server.ROUND_ROBIN;
    private Path pathRule = Path.ROUND_ROBIN;
    private Download downloadRule = Download.ROUND_ROBIN;
    private Reserve reserve = new Reserve.Megabytes(100);
    private boolean trunk;

    public Policy lookup(Lookup rule) {
      groupRule = rule;
      return this;
    }

    public Policy storeGroup(String name) {
      groupRule = Lookup.SPECIFIED;
      storeGroup = Optional.of(GroupName.of(name));
      return this;
    }

    public Policy server(Server rule) {
      serverRule = rule;
      return this;
    }

    public Policy path(Path rule) {
      pathRule = rule;
      return this;
    }

    public Policy download(Download rule) {
      downloadRule = rule;
      return this;
    }

    public Policy reserve(Reserve space) {
      reserve = space;
      return this;
    }

    public Policy trunk() {
      trunk = true;
      return this;
    }

    public SelectionPolicy build() {
      return new SelectionPolicy(
          groupRule,
          storeGroup,
          serverRule,
          pathRule,
          downloadRule,
          reserve,
          trunk,
          Duration.ofDays(1),
          Duration.ofMinutes(5));
    }
  }
}
