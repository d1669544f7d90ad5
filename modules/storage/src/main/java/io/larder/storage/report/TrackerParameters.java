package io.larder.storage.report;

import io.larder.protocol.MalformedException;
import io.larder.protocol.conf.ConfException;
import io.larder.protocol.conf.TrunkSettings;
import io.larder.protocol.wire.AddressWidth;
import io.larder.store.ReservedSpace;
import io.larder.store.StorePolicy.PathChoice;
import io.larder.store.trunk.TrunkParameters;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a tracker decides for all storages: the reply to PARAMETER_REQ (S2 §1.8). Unknown lines are passed over.
///
/// @param useStorageId whether storages are known by ids
/// @param idInFileName whether new names carry the id, else the address
/// @param trustServerId whether a storage may say its id itself
/// @param addressWidth width of addresses in file info
/// @param addressAutoAdjust whether changed addresses are followed (CHANGELOG_REQ)
/// @param pathChoice how a store path is chosen
/// @param reserved what stays free
/// @param trunk how small files are packed into trunk files; empty: they are not
/// @param slaveByLink whether slave files are to be links
public record TrackerParameters(
    boolean useStorageId,
    boolean idInFileName,
    boolean trustServerId,
    AddressWidth addressWidth,
    boolean addressAutoAdjust,
    PathChoice pathChoice,
    ReservedSpace reserved,
    Optional<TrunkParameters> trunk,
    boolean slaveByLink) {
  private static final Logger LOGGER = LoggerFactory.getLogger(TrackerParameters.class);
  private static final Pattern MEGABYTES =
      Pattern.compile("(\\d{1,15})\\s*MB?", Pattern.CASE_INSENSITIVE);
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?)\\s*%");
  private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");

  /// Reads the reply.
  ///
  /// @throws MalformedException when a value cannot be understood
  public static TrackerParameters parse(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .map(String::strip)
        .filter(line -> line.indexOf('=') > 0)
        .forEach(line -> {
          int equals = line.indexOf('=');
          values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        });
    boolean ids = flag(values, "use_storage_id");
    boolean most = values.getOrDefault("store_path", "0").equals("2");
    boolean narrow = values.getOrDefault("response_ip_addr_size", "46").equals("16");
    return new TrackerParameters(
        ids,
        ids && values.getOrDefault("id_type_in_filename", "ip").equalsIgnoreCase("id"),
        flag(values, "trust_storage_server_id"),
        narrow ? AddressWidth.NARROW : AddressWidth.WIDE,
        flag(values, "storage_ip_changed_auto_adjust"),
        most ? PathChoice.MOST_FREE : PathChoice.ROUND_ROBIN,
        reserved(values.getOrDefault("reserved_storage_space", "0MB")),
        flag(values, "use_trunk_file") ? trunk(text) : Optional.empty(),
        flag(values, "store_slave_file_use_link"));
  }

  private static boolean flag(Map<String, String> values, String key) {
    return TRUE.contains(values.getOrDefault(key, "0").toLowerCase(Locale.ROOT));
  }

  /// Parameters that cannot be used cost density only: small files are plain ones.
  private static Optional<TrunkParameters> trunk(String text) {
    try {
      return Optional.of(TrunkParameters.of(TrunkSettings.told(text)));
    } catch (ConfException | MalformedException e) {
      LOGGER.error("trunk files are not made, small files are plain ones: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static ReservedSpace reserved(String text) {
    Matcher megabytes = MEGABYTES.matcher(text);
    if (megabytes.matches()) {
      return new ReservedSpace.Megabytes(Long.parseLong(megabytes.group(1)));
    }
    Matcher percent = PERCENT.matcher(text);
    if (percent.matches()) {
      return new ReservedSpace.Ratio(Double.parseDouble(percent.group(1)) / 100);
    }
    throw new MalformedException("reserved_storage_space: '" + text + "'");
  }
}
