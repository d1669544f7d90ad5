package io.larder.protocol.conf;

import io.larder.protocol.conf.ModuleConf.ResponseMode;
import io.larder.protocol.fileid.GroupName;
import java.util.List;
import java.util.Optional;

/// The rows of mod_fastdfs.conf, read by [ModuleConf].
final class ModuleRows {
  private static final String SECTION = "group#";
  private static final String NOT_READ = "it is part of the storage in Larder, see storage.conf";

  static final Setting<String> BASE_PATH =
      Setting.of("base_path", ValueType.PATH)
          .orElseMeaning("none")
          .means("Stands in for store_path0 when that is not given.");
  static final Setting<Integer> STORAGE_PORT =
      Setting.of("storage_server_port", ValueType.integer(1, 65535))
          .orElse("23000")
          .means("Native port of the storage on this host.");
  static final Setting<GroupName> GROUP_NAME =
      Setting.of("group_name", StorageIdentity.GROUP)
          .orElseMeaning("required with group_count = 0")
          .means("The group that is served here.");
  static final Setting<Boolean> URL_HAVE_GROUP_NAME =
      Setting.of("url_have_group_name", ValueType.BOOL)
          .orElse("false")
          .means("URLs begin with the group; needed with group_count.");
  static final Setting<ResponseMode> RESPONSE_MODE =
      Setting.of(
              "response_mode",
              ValueType.of("choice", "proxy, redirect", ModuleRows::responseMode)
                  .remarking(text ->
                      text.equals("proxy") || text.equals("redirect")
                          ? Optional.empty()
                          : Optional.of("'" + text + "' is read as proxy")))
          .orElse("proxy")
          .means(
              "A file of another host is fetched (proxy), or the client is sent there (redirect).");
  static final Setting<Boolean> FLV_SUPPORT =
      Setting.of("flv_support", ValueType.BOOL)
          .orElse("false")
          .means("Serve FLV files from the position ?start= on.");
  static final Setting<String> FLV_EXTENSION =
      Setting.of("flv_extension", ValueType.text(6)).orElse("flv").means("Extension of FLV files.");
  static final Setting<Integer> GROUP_COUNT =
      Setting.of("group_count", ValueType.integer(0, 1024))
          .orElse("0")
          .means(
              "How many sections [group1], [group2], … there are; 0 for the single group above.");
  static final Setting<String> BYPASS_NAME =
      Setting.of("anti_steal_bypass_header_name", ValueType.TEXT)
          .orElseMeaning("none")
          .means("A request header that stands in for a token.");
  static final Setting<String> BYPASS_VALUE =
      Setting.of("anti_steal_bypass_header_value", ValueType.TEXT)
          .orElseMeaning("an empty value")
          .secret()
          .means("The exact value of that header; never shown.");

  static final Setting<GroupName> IN_GROUP_NAME =
      Setting.of(SECTION, "group_name", StorageIdentity.GROUP)
          .orElseMeaning("required")
          .means("Name of the group.");
  static final Setting<Integer> IN_GROUP_PORT =
      Setting.of(SECTION, "storage_server_port", ValueType.integer(1, 65535))
          .orElse("23000")
          .means("Native port of its storage on this host.");
  static final Setting<Integer> IN_GROUP_PATH_COUNT =
      Setting.of(SECTION, "store_path_count", ValueType.integer(1, StoreLayout.PATHS_MAX))
          .orElse("1")
          .means("How many store paths that storage has.");
  static final Setting<String> IN_GROUP_PATH =
      Setting.of(SECTION, "store_path#", ValueType.PATH)
          .orElseMeaning("required")
          .means("Folder of its store path number #.");

  static final SettingsTable TABLE =
      SettingsTable.file(
          "mod_fastdfs.conf",
          "LARDER_MODULE_",
          List.of(
              NetworkSettings.CONNECT_TIMEOUT,
              NetworkSettings.NETWORK_TIMEOUT.orElse("30"),
              BASE_PATH,
              TrackerServers.TRACKER_SERVER,
              ClientConf.LOAD_PARAMETERS,
              Oversight.MAX_DELAY,
              ClientConf.USE_STORAGE_ID,
              IdSettings.FILE,
              STORAGE_PORT,
              GROUP_NAME,
              URL_HAVE_GROUP_NAME,
              StoreLayout.STORE_PATH_COUNT,
              StoreLayout.STORE_PATH,
              Setting.of("log_level", ValueType.TEXT).orElse("info").ignored(NOT_READ),
              Setting.of("log_filename", ValueType.TEXT).ignored(NOT_READ),
              RESPONSE_MODE,
              StorageConf.IF_ALIAS_PREFIX,
              FLV_SUPPORT,
              FLV_EXTENSION,
              GROUP_COUNT,
              BYPASS_NAME,
              BYPASS_VALUE,
              IN_GROUP_NAME,
              IN_GROUP_PORT,
              IN_GROUP_PATH_COUNT,
              IN_GROUP_PATH),
          List.of());

  private ModuleRows() {}

  private static ResponseMode responseMode(String text) {
    return text.equals("redirect") ? ResponseMode.REDIRECT : ResponseMode.PROXY;
  }
}
