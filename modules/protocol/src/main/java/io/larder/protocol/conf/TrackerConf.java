package io.larder.protocol.conf;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What tracker.conf says.
///
/// @param disabled whether the tracker must not run
/// @param basePath the folder of its data and logs
/// @param network how it listens
/// @param selection how it chooses storages
/// @param oversight how it watches storages
/// @param ids storage ids
/// @param trunk trunk files of all groups
/// @param wideAddresses whether answers have address fields of 46 instead of 16 bytes
/// @param log its log
/// @param pool its outgoing connections
/// @param httpPort the HTTP port of old files, used when `[http] port` is not set
public record TrackerConf(
    boolean disabled,
    String basePath,
    NetworkSettings network,
    Selection selection,
    Oversight oversight,
    IdSettings ids,
    TrunkSettings trunk,
    WideAddresses wideAddresses,
    LogSettings log,
    PoolSettings pool,
    Optional<Integer> httpPort) {

  /// Width of address fields in answers (S1 §2.4).
  public enum WideAddresses {
    /// Wide exactly when storage_ids.conf has an IPv6 address.
    AUTO,
    /// Always wide.
    ALWAYS
  }

  static final Setting<Boolean> DISABLED =
      Setting.of("disabled", ValueType.BOOL)
          .orElse("false")
          .means("Refuse to start with this file.");
  static final Setting<String> BASE_PATH =
      Setting.of("base_path", ValueType.PATH)
          .orElseMeaning("required")
          .means("Folder of data and logs; made when it is missing.");
  static final Setting<WideAddresses> RESPONSE_IP_ADDR_SIZE =
      Setting.of(
              "response_ip_addr_size",
              ValueType.of("choice", "auto, IPv6", TrackerConf::wideAddresses)
                  .remarking(TrackerConf::aboutWideAddresses))
          .orElse("auto")
          .since("6.15")
          .means(
              "Width of address fields: auto is 16 unless storage_ids.conf has IPv6, IPv6 is 46.");
  static final Setting<Integer> HTTP_SERVER_PORT =
      Setting.of("http.server_port", ValueType.integer(1, 65535))
          .orElseMeaning("no HTTP unless [http] port is set")
          .mapped()
          .means("HTTP port in files of FastDFS 4.06 to 6.13; [http] port goes first.");

  private static final List<ObsoleteSetting> OBSOLETE =
      Rows.of(
          NetworkSettings.OBSOLETE,
          LogSettings.OBSOLETE,
          List.of(
              checkAlive("http.check_alive_interval"),
              checkAlive("http.check_alive_type"),
              checkAlive("http.check_alive_uri")));

  /// Every setting of tracker.conf.
  public static final SettingsTable TABLE =
      SettingsTable.file(
          "tracker.conf",
          "LARDER_TRACKER_",
          Rows.of(
              List.of(DISABLED, BASE_PATH),
              NetworkSettings.rows("22122", "60"),
              Selection.ROWS,
              Oversight.ROWS,
              IdSettings.ROWS,
              List.of(RESPONSE_IP_ADDR_SIZE),
              TrunkSettings.ROWS,
              PoolSettings.ROWS,
              LogSettings.ROWS,
              List.of(HTTP_SERVER_PORT)),
          OBSOLETE);

  private static ObsoleteSetting checkAlive(String key) {
    return ObsoleteSetting.gone(key, "the HTTP health check of storages is gone; remove the line");
  }

  /// The settings of a tracker.
  ///
  /// @param sections the tables of other rooms that run in the node
  public static EffectiveSettings settings(
      ConfFile file, Overrides overrides, SettingsTable... sections) {
    return EffectiveSettings.of(file, overrides, TABLE, HttpConf.alongside(sections));
  }

  /// Reads the record.
  ///
  /// @throws ConfException when a tracker could not start with it
  public static TrackerConf read(EffectiveSettings in) {
    TrunkSettings trunk = TrunkSettings.read(in);
    NetworkSettings network = NetworkSettings.read(in);
    IdSettings ids = IdSettings.read(in);
    if (network.addressFamily() == NetworkSettings.AddressFamily.IPV6 && !ids.inFileName()) {
      throw in.refused(
          NetworkSettings.ADDRESS_FAMILY,
          "IPv6 needs use_storage_id = true and id_type_in_filename = id",
          NetworkSettings.ADDRESS_FAMILY.type().allowed());
    }
    return new TrackerConf(
        in.get(DISABLED),
        in.get(BASE_PATH),
        network,
        Selection.read(in, trunk.enabled()),
        Oversight.read(in),
        ids,
        trunk,
        in.get(RESPONSE_IP_ADDR_SIZE),
        LogSettings.read(in),
        PoolSettings.read(in),
        in.find(HTTP_SERVER_PORT));
  }

  private static WideAddresses wideAddresses(String text) {
    return text.equalsIgnoreCase("auto") ? WideAddresses.AUTO : WideAddresses.ALWAYS;
  }

  private static Optional<String> aboutWideAddresses(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "auto", "ipv6" -> Optional.empty();
      default -> Optional.of("'" + text + "' is read as IPv6, as every text but auto");
    };
  }
}
