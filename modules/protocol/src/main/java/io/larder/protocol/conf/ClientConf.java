package io.larder.protocol.conf;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What client.conf says.
///
/// @param connectTimeout longest wait for a connection
/// @param networkTimeout longest wait for bytes
/// @param basePath the folder of logs, empty for the system's temporary folder
/// @param trackers the trackers, at least one, sorted
/// @param logLevel least urgent level that is written
/// @param connectFirst which of the two addresses of a storage is tried first
/// @param pool kept connections
/// @param parametersFromTracker whether the tracker is asked about storage ids
/// @param idsFile the list of storage ids, where they are used and the tracker is not asked
/// @param antiSteal tokens in the URLs that the client makes
public record ClientConf(
    Duration connectTimeout,
    Duration networkTimeout,
    Optional<String> basePath,
    List<PeerAddress> trackers,
    LogLevel logLevel,
    ConnectFirst connectFirst,
    PoolSettings pool,
    boolean parametersFromTracker,
    Optional<String> idsFile,
    AntiSteal antiSteal) {

  /// Which address of a storage with two is tried first.
  public enum ConnectFirst {
    /// The one that the tracker names.
    TRACKER,
    /// The one that worked last.
    LAST_CONNECTED
  }

  static final Setting<String> BASE_PATH =
      Setting.of("base_path", ValueType.PATH)
          .orElseMeaning("the system's temporary folder")
          .means("Folder of logs.");
  static final Setting<ConnectFirst> CONNECT_FIRST_BY =
      Setting.of(
              "connect_first_by",
              ValueType.of("choice", "tracker, last-connected", ClientConf::connectFirst)
                  .remarking(ClientConf::aboutConnectFirst))
          .orElse("tracker")
          .since("6.11")
          .means("Which address of a storage with two is tried first.");
  static final Setting<Boolean> LOAD_PARAMETERS =
      Setting.of("load_fdfs_parameters_from_tracker", ValueType.BOOL)
          .orElse("false")
          .means("Ask the tracker whether storage ids are used, and for their list.");
  static final Setting<Boolean> USE_STORAGE_ID =
      IdSettings.USE_STORAGE_ID.means(
          "Whether storage ids are used, when the tracker is not asked.");

  /// Every setting of client.conf.
  public static final SettingsTable TABLE =
      SettingsTable.file(
          "client.conf",
          "LARDER_CLIENT_",
          Rows.of(
              List.of(
                  TrackerServers.TRACKER_SERVER,
                  NetworkSettings.CONNECT_TIMEOUT,
                  NetworkSettings.NETWORK_TIMEOUT.orElse("30"),
                  BASE_PATH,
                  LogSettings.LEVEL,
                  CONNECT_FIRST_BY),
              PoolSettings.ROWS,
              List.of(LOAD_PARAMETERS, USE_STORAGE_ID, IdSettings.FILE)),
          List.of(
              ObsoleteSetting.gone(
                  "http.tracker_server_port", "it only stood in example URLs; remove the line")));

  public ClientConf {
    trackers = List.copyOf(trackers);
  }

  /// The settings of a client.
  public static EffectiveSettings settings(ConfFile file, Overrides overrides) {
    return EffectiveSettings.of(file, overrides, TABLE, HttpConf.TABLE);
  }

  /// Reads the record.
  ///
  /// @throws ConfException when a client could not work with it
  public static ClientConf read(EffectiveSettings in) {
    boolean fromTracker = in.get(LOAD_PARAMETERS);
    return new ClientConf(
        in.get(NetworkSettings.CONNECT_TIMEOUT),
        in.get(NetworkSettings.NETWORK_TIMEOUT),
        in.find(BASE_PATH),
        TrackerServers.readRequired(in),
        in.get(LogSettings.LEVEL),
        in.get(CONNECT_FIRST_BY),
        PoolSettings.read(in),
        fromTracker,
        IdSettings.file(in, !fromTracker && in.get(USE_STORAGE_ID)),
        AntiSteal.read(in));
  }

  private static ConnectFirst connectFirst(String text) {
    return text.toLowerCase(Locale.ROOT).startsWith("last")
        ? ConnectFirst.LAST_CONNECTED
        : ConnectFirst.TRACKER;
  }

  private static Optional<String> aboutConnectFirst(String text) {
    boolean known =
        text.equalsIgnoreCase("tracker") || text.toLowerCase(Locale.ROOT).startsWith("last");
    return known ? Optional.empty() : Optional.of("'" + text + "' is read as tracker");
  }
}
