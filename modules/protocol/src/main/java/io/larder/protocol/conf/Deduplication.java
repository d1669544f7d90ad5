package io.larder.protocol.conf;

import java.util.List;

/// Storing the same content once.
///
/// @param enabled whether uploads are looked up by content
public record Deduplication(boolean enabled) {
  private static final String NO_FASTDHT =
      "signatures are kept by the storage itself, not in FastDHT";

  static final Setting<Boolean> CHECK =
      Setting.of("check_file_duplicate", ValueType.BOOL)
          .orElse("0")
          .means("Store the same content once; every upload becomes a link to it.");

  static final List<Setting<?>> ROWS =
      List.of(
          CHECK,
          Setting.of("file_signature_method", ValueType.TEXT)
              .orElse("hash")
              .ignored("content is always known by its SHA-256 and its size"),
          Setting.of("key_namespace", ValueType.text(64)).ignored(NO_FASTDHT),
          Setting.of("keep_alive", ValueType.BOOL).orElse("0").ignored(NO_FASTDHT),
          Setting.of("group_count", ValueType.TEXT).ignored(NO_FASTDHT),
          Setting.of("group#", ValueType.TEXT).repeated().ignored(NO_FASTDHT),
          Setting.of("use_proxy", ValueType.TEXT).ignored(NO_FASTDHT),
          Setting.of("proxy_addr", ValueType.TEXT).ignored(NO_FASTDHT),
          Setting.of("proxy_port", ValueType.TEXT).ignored(NO_FASTDHT));

  static Deduplication read(EffectiveSettings in) {
    return new Deduplication(in.get(CHECK));
  }
}
