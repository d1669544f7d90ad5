package io.larder.protocol.conf;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What http.conf says about downloads. Its keys may also stand in mod_fastdfs.conf, and in tracker.conf
/// and storage.conf, usually through `#include http.conf`.
///
/// @param disabled whether neither types nor tokens are looked at
/// @param defaultContentType the type of a file with an unknown extension
/// @param mimeTypesFile a table of types instead of the built-in one
/// @param multiRange whether several ranges of one file may be asked for
/// @param antiSteal tokens of downloads
public record HttpConf(
    boolean disabled,
    String defaultContentType,
    Optional<String> mimeTypesFile,
    boolean multiRange,
    AntiSteal antiSteal) {
  static final Setting<Boolean> DISABLED =
      Setting.of("http.disabled", ValueType.BOOL)
          .orElse("false")
          .means("Look at neither content types nor tokens.");
  static final Setting<String> DEFAULT_CONTENT_TYPE =
      Setting.of("http.default_content_type", ValueType.TEXT)
          .orElse("application/octet-stream")
          .means("Type of files with an unknown extension. (FastDFS: required.)");
  static final Setting<String> MIME_TYPES =
      Setting.of("http.mime_types_filename", ValueType.PATH)
          .orElseMeaning("the built-in table")
          .means("Table of content types; a relative path starts at the folder of the conf file.");
  static final Setting<Boolean> MULTI_RANGE =
      Setting.of("http.multi_range.enabled", ValueType.BOOL)
          .orElse("true")
          .means("Serve several ranges of a file in one answer; otherwise 416.");

  /// The keys of http.conf.
  public static final SettingsTable TABLE =
      SettingsTable.file(
          "http.conf",
          SettingsTable.PREFIX,
          Rows.of(
              List.of(
                  DISABLED,
                  DEFAULT_CONTENT_TYPE,
                  MIME_TYPES,
                  Setting.of("http.need_find_content_type", ValueType.BOOL)
                      .orElse("true")
                      .ignored("content types are always found"),
                  MULTI_RANGE,
                  Setting.of("http.server_port", ValueType.integer(1, 65535))
                      .orElse("80")
                      .ignored("the module's web server has its own; Larder's is [http] port")),
              AntiSteal.ROWS),
          List.of());

  /// The tables that go with a node's file: this one and those of other rooms.
  static SettingsTable[] alongside(SettingsTable... sections) {
    return Stream.concat(Stream.of(TABLE), Stream.of(sections)).toArray(SettingsTable[]::new);
  }

  /// The settings of an http.conf that is read by itself.
  public static EffectiveSettings settings(ConfFile file, Overrides overrides) {
    return EffectiveSettings.of(file, overrides, TABLE);
  }

  /// Reads the record, from settings of any file that may have these keys.
  ///
  /// @throws ConfException when a value is malformed or the key of tokens is missing
  public static HttpConf read(EffectiveSettings in) {
    boolean disabled = in.get(DISABLED);
    return new HttpConf(
        disabled,
        in.get(DEFAULT_CONTENT_TYPE),
        in.find(MIME_TYPES),
        in.get(MULTI_RANGE),
        disabled ? AntiSteal.OFF : AntiSteal.read(in));
  }
}
