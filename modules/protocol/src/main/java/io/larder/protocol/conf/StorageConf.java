package io.larder.protocol.conf;

import java.util.List;
import java.util.Optional;

/// What storage.conf says.
///
/// @param disabled whether the storage must not run
/// @param basePath the folder of its state and logs
/// @param identity its group and id
/// @param network how it listens
/// @param bindsOutgoing whether its own connections leave from the address it listens on
/// @param trackers its trackers, at least one, sorted
/// @param layout its store paths
/// @param disk how it works with disks
/// @param sync how it sends changes
/// @param reporting what it reports
/// @param uploadPriority lower is preferred, where the tracker goes by priority
/// @param deduplication storing the same content once
/// @param log its log
/// @param accessLog the log of requests
/// @param pool its outgoing connections
/// @param httpPort the HTTP port of old files, used when `[http] port` is not set
public record StorageConf(
    boolean disabled,
    String basePath,
    StorageIdentity identity,
    NetworkSettings network,
    boolean bindsOutgoing,
    List<PeerAddress> trackers,
    StoreLayout layout,
    DiskSettings disk,
    SyncSettings sync,
    Reporting reporting,
    int uploadPriority,
    Deduplication deduplication,
    LogSettings log,
    AccessLog accessLog,
    PoolSettings pool,
    Optional<Integer> httpPort) {
  static final Setting<Boolean> CLIENT_BIND =
      Setting.of("client_bind", ValueType.BOOL)
          .orElse("true")
          .means("Let outgoing connections leave from bind_addr.");
  static final Setting<Integer> UPLOAD_PRIORITY =
      Setting.of("upload_priority", ValueType.integer(Integer.MIN_VALUE, Integer.MAX_VALUE))
          .orElse("10")
          .means("Preference among the storages of the group, lower first (store_server = 2).");

  static final Setting<String> IF_ALIAS_PREFIX =
      Setting.of("if_alias_prefix", ValueType.TEXT)
          .ignored("all addresses of the host are known without it");

  private static final List<ObsoleteSetting> OBSOLETE =
      Rows.of(
          NetworkSettings.OBSOLETE,
          LogSettings.OBSOLETE,
          AccessLog.OBSOLETE,
          List.of(
              ObsoleteSetting.gone(
                  "disk_rw_direct", "files are read and written through the page cache"),
              ObsoleteSetting.gone(
                  "http.domain_name",
                  "redirects carry addresses that clients reach; remove the line"),
              ObsoleteSetting.gone("http.trunk_size", "HTTP buffers are pooled; remove the line")));

  /// Every setting of storage.conf.
  public static final SettingsTable TABLE =
      SettingsTable.file(
          "storage.conf",
          "LARDER_STORAGE_",
          Rows.of(
              List.of(TrackerConf.DISABLED),
              StorageIdentity.ROWS,
              List.of(TrackerConf.BASE_PATH, TrackerServers.TRACKER_SERVER),
              NetworkSettings.rows("23000", "30"),
              List.of(CLIENT_BIND),
              StoreLayout.ROWS,
              DiskSettings.ROWS,
              SyncSettings.ROWS,
              Reporting.ROWS,
              List.of(UPLOAD_PRIORITY, IF_ALIAS_PREFIX),
              Deduplication.ROWS,
              PoolSettings.ROWS,
              LogSettings.ROWS,
              List.of(TrackerConf.HTTP_SERVER_PORT),
              AccessLog.ROWS),
          OBSOLETE);

  public StorageConf {
    trackers = List.copyOf(trackers);
  }

  /// The settings of a storage.
  ///
  /// @param sections the tables of other rooms that run in the node
  public static EffectiveSettings settings(
      ConfFile file, Overrides overrides, SettingsTable... sections) {
    return EffectiveSettings.of(file, overrides, TABLE, HttpConf.alongside(sections));
  }

  /// Reads the record.
  ///
  /// @throws ConfException when a storage could not start with it
  public static StorageConf read(EffectiveSettings in) {
    String basePath = in.get(TrackerConf.BASE_PATH);
    List<PeerAddress> trackers = TrackerServers.readRequired(in);
    if (trackers.stream().flatMap(t -> t.hosts().stream()).anyMatch(IpKind::isLoopback)) {
      in.warn(
          TrackerServers.TRACKER_SERVER,
          "a loopback address fits a cluster on one host only; FastDFS refuses it");
    }
    return new StorageConf(
        in.get(TrackerConf.DISABLED),
        basePath,
        StorageIdentity.read(in),
        NetworkSettings.read(in),
        in.get(CLIENT_BIND),
        trackers,
        StoreLayout.read(in, basePath),
        DiskSettings.read(in),
        SyncSettings.read(in),
        Reporting.read(in),
        in.get(UPLOAD_PRIORITY),
        Deduplication.read(in),
        LogSettings.read(in),
        AccessLog.read(in),
        PoolSettings.read(in),
        in.find(TrackerConf.HTTP_SERVER_PORT));
  }
}
