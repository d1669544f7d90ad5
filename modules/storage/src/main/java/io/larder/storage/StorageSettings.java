package io.larder.storage;

import io.larder.platform.Disk;
import io.larder.protocol.conf.AccessLog;
import io.larder.protocol.conf.AllowHosts;
import io.larder.protocol.conf.NetworkSettings;
import io.larder.protocol.conf.StorageConf;
import io.larder.protocol.conf.StoreLayout;
import io.larder.protocol.conf.StoreLayout.StorePath;
import io.larder.protocol.fileid.GroupName;
import io.larder.storage.duplicate.SqliteIndexes;
import io.larder.storage.report.ReportSettings;
import io.larder.store.DiskLimits;
import io.larder.store.DurabilitySettings;
import io.larder.store.StoreSettings;
import io.larder.store.duplicate.DuplicateSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Everything a storage needs to know to start, whether it comes from storage.conf or from `larder up`.
///
/// @param network where and how it listens
/// @param clientBind the address that outgoing connections leave from; empty for any
/// @param eventLoops how many event loops serve clients
/// @param readOnlyPaths indexes of store paths that take no new files
/// @param accessLog the log of requests
/// @param report what the trackers are told
/// @param store what the store must know
/// @param findsDuplicates `check_file_duplicate`
public record StorageSettings(
    Network network,
    Optional<String> clientBind,
    int eventLoops,
    Set<Integer> readOnlyPaths,
    AccessLog accessLog,
    ReportSettings report,
    StoreSettings store,
    boolean findsDuplicates) {
  /// Where and how a storage listens.
  ///
  /// @param host the address, `0.0.0.0` for all
  /// @param port the port; 0 takes a free one
  /// @param connectionsMax `max_connections`
  /// @param bufferBytes `buff_size`
  /// @param connectTimeout `connect_timeout`
  /// @param networkTimeout `network_timeout`
  /// @param allowHosts who may connect; host names in it are looked up already
  /// @param quickAck `tcp_quick_ack`
  public record Network(
      String host,
      int port,
      int connectionsMax,
      int bufferBytes,
      Duration connectTimeout,
      Duration networkTimeout,
      AllowHosts allowHosts,
      boolean quickAck) {}

  private static final String VERSION = "L0.1.0";
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

  public StorageSettings {
    readOnlyPaths = Set.copyOf(readOnlyPaths);
  }

  /// The group whose files these are.
  public GroupName group() {
    return report.group();
  }

  /// Whether and how the store looks for duplicates.
  ///
  /// @param on the form of the disk port
  public DuplicateSettings duplicates(Disk on) {
    return DuplicateSettings.of(findsDuplicates, new SqliteIndexes(on, store.basePath()));
  }

  /// Settings from a conf file.
  ///
  /// @param group the group; the conf's own, or the one the tracker knows
  /// @param ownAddress what new store path marks say of this host
  /// @param eventLoops how many event loops there are when the conf does not say
  /// @param durability its `[durability]` section
  /// @param disk its `[disk]` section
  public static StorageSettings of(
      StorageConf conf,
      GroupName group,
      String ownAddress,
      int eventLoops,
      DurabilitySettings durability,
      DiskLimits disk) {
    return new StorageSettings(
        network(conf.network()),
        conf.bindsOutgoing()
            ? conf.network().bindAddresses().stream().findFirst()
            : Optional.empty(),
        conf.network().connections().eventLoops().orElse(eventLoops),
        readOnly(conf.layout().paths()),
        conf.accessLog(),
        new ReportSettings(
            group,
            conf.trackers(),
            conf.identity().id(),
            conf.layout().subdirs(),
            conf.uploadPriority(),
            VERSION,
            conf.reporting().heartBeat(),
            conf.reporting().diskUsage()),
        store(conf, ownAddress, durability, disk),
        conf.deduplication().enabled());
  }

  private static Network network(NetworkSettings in) {
    return new Network(
        in.bindAddresses().stream().findFirst().orElse("0.0.0.0"),
        in.port(),
        in.connections().max(),
        (int) Math.min(Integer.MAX_VALUE / 2, in.connections().bufferSize().bytes()),
        in.connectTimeout(),
        in.networkTimeout(),
        in.allowHosts(),
        in.connections().quickAck());
  }

  private static Set<Integer> readOnly(List<StorePath> paths) {
    Set<Integer> indexes = new HashSet<>();
    for (int i = 0; i < paths.size(); i++) {
      if (paths.get(i).readOnly()) {
        indexes.add(i);
      }
    }
    return indexes;
  }

  private static StoreSettings store(
      StorageConf conf, String ownAddress, DurabilitySettings durability, DiskLimits disk) {
    StoreLayout layout = conf.layout();
    return new StoreSettings(
        Path.of(conf.basePath()),
        layout.paths().stream().map(path -> path.folder()).toList(),
        layout.subdirs(),
        layout.distribution() == StoreLayout.Distribution.HASH
            ? new StoreSettings.Distribution.Hash()
            : new StoreSettings.Distribution.Rotate(layout.rotateCount()),
        new StoreSettings.Threads(conf.disk().readerThreads(), conf.disk().writerThreads()),
        conf.disk().checkPathMark(),
        new StoreSettings.Mark(ownAddress, conf.network().port()),
        new StoreSettings.Intervals(
            conf.reporting().statFile(),
            conf.reporting().diskUsage(),
            durability.checkpoint(),
            WATCH_INTERVAL),
        disk.limits(),
        new StoreSettings.Safety(durability.level(), conf.disk().syncAfterWritten().bytes()));
  }
}
