package io.larder.protocol.conf;

import io.larder.protocol.fileid.GroupName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What mod_fastdfs.conf says: the settings of the nginx module, which Larder's HTTP role takes over
/// (S5 §9.1).
///
/// @param connectTimeout longest wait for a native connection
/// @param networkTimeout longest wait for bytes on one
/// @param trackers the trackers, sorted, may be empty
/// @param ids where storage ids come from
/// @param syncFileMaxDelay how old a file must be to count as copied, when the tracker is not asked
/// @param groups the groups that are served here, at least one
/// @param groupInUrl whether URLs begin with the group
/// @param responseMode what happens to a file that is elsewhere
/// @param flvExtension the extension with FLV seeking, where that is on
/// @param bypass the header that stands in for a token
/// @param http the keys of http.conf
public record ModuleConf(
    Duration connectTimeout,
    Duration networkTimeout,
    List<PeerAddress> trackers,
    Ids ids,
    Duration syncFileMaxDelay,
    List<Group> groups,
    boolean groupInUrl,
    ResponseMode responseMode,
    Optional<String> flvExtension,
    Optional<BypassHeader> bypass,
    HttpConf http) {

  /// Where storage ids come from.
  ///
  /// @param fromTracker whether the tracker is asked
  /// @param file else their list, where they are used
  public record Ids(boolean fromTracker, Optional<String> file) {}

  /// A group that is served.
  ///
  /// @param name its name
  /// @param storagePort the native port of its storage on this host
  /// @param storePaths the store paths of that storage
  public record Group(GroupName name, int storagePort, List<String> storePaths) {
    public Group {
      storePaths = List.copyOf(storePaths);
    }
  }

  /// What happens to a request for a file of another host.
  public enum ResponseMode {
    PROXY,
    REDIRECT
  }

  /// A request header that stands in for a token.
  ///
  /// @param name its name, in any case
  /// @param value its exact value
  public record BypassHeader(String name, String value) {}

  /// Every setting of mod_fastdfs.conf.
  public static final SettingsTable TABLE = ModuleRows.TABLE;

  public ModuleConf {
    trackers = List.copyOf(trackers);
    groups = List.copyOf(groups);
  }

  /// The settings of the module, those of http.conf included.
  public static EffectiveSettings settings(ConfFile file, Overrides overrides) {
    return EffectiveSettings.of(file, overrides, TABLE, HttpConf.TABLE);
  }

  /// Reads the record.
  ///
  /// @throws ConfException when the module could not start with it
  public static ModuleConf read(EffectiveSettings in) {
    boolean fromTracker = in.get(ClientConf.LOAD_PARAMETERS);
    boolean flv = in.get(ModuleRows.FLV_SUPPORT);
    return new ModuleConf(
        in.get(NetworkSettings.CONNECT_TIMEOUT),
        in.get(NetworkSettings.NETWORK_TIMEOUT),
        fromTracker ? TrackerServers.readRequired(in) : TrackerServers.read(in),
        new Ids(
            fromTracker, IdSettings.file(in, !fromTracker && in.get(ClientConf.USE_STORAGE_ID))),
        in.get(Oversight.MAX_DELAY),
        groups(in),
        in.get(ModuleRows.URL_HAVE_GROUP_NAME),
        in.get(ModuleRows.RESPONSE_MODE),
        Optional.of(in.get(ModuleRows.FLV_EXTENSION)).filter(extension -> flv),
        bypass(in),
        HttpConf.read(in));
  }

  private static Optional<BypassHeader> bypass(EffectiveSettings in) {
    return in.find(ModuleRows.BYPASS_NAME)
        .map(name -> new BypassHeader(name, in.find(ModuleRows.BYPASS_VALUE).orElse("")));
  }

  private static List<Group> groups(EffectiveSettings in) {
    int count = in.get(ModuleRows.GROUP_COUNT);
    if (count == 0) {
      List<String> paths =
          StoreLayout.folders(
              in,
              StoreLayout.STORE_PATH_COUNT,
              StoreLayout.STORE_PATH,
              in.find(ModuleRows.BASE_PATH));
      return List.of(
          new Group(in.get(ModuleRows.GROUP_NAME), in.get(ModuleRows.STORAGE_PORT), paths));
    }
    if (!in.get(ModuleRows.URL_HAVE_GROUP_NAME)) {
      throw in.refused(
          ModuleRows.URL_HAVE_GROUP_NAME, "group_count = " + count + " needs it", "true");
    }
    var groups = new ArrayList<Group>();
    for (int i = 1; i <= count; i++) {
      List<String> paths =
          StoreLayout.folders(
              in,
              ModuleRows.IN_GROUP_PATH_COUNT.at(i),
              ModuleRows.IN_GROUP_PATH.at(i),
              Optional.empty());
      groups.add(
          new Group(
              in.get(ModuleRows.IN_GROUP_NAME.at(i)),
              in.get(ModuleRows.IN_GROUP_PORT.at(i)),
              paths));
    }
    return groups;
  }
}
