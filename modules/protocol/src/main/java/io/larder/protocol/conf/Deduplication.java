package io.larder.protocol.conf;

import java.util.List;

/// Storing the same content once.
///
/// @param enabled whether uploads are looked up by content
/// @param signature what content is known by
public record Deduplication(boolean enabled, Signature signature) {

  /// What content is known by.
  public enum Signature {
    HASH("hash"),
    MD5("md5");

    private final String word;

    Signature(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  private static final String NO_FASTDHT =
      "signatures are kept by the storage itself, not in FastDHT";

  static final Setting<Boolean> CHECK =
      Setting.of("check_file_duplicate", ValueType.BOOL)
          .orElse("0")
          .means("Store the same content once and make later uploads links to it.");
  static final Setting<Signature> METHOD =
      Setting.of("file_signature_method", ValueType.choice(Signature.class, Signature::word))
          .orElse("hash")
          .means("What content is known by, with check_file_duplicate.");

  static final List<Setting<?>> ROWS =
      List.of(
          CHECK,
          METHOD,
          Setting.of("key_namespace", ValueType.text(64)).ignored(NO_FASTDHT),
          Setting.of("keep_alive", ValueType.BOOL).orElse("0").ignored(NO_FASTDHT),
          Setting.of("group_count", ValueType.TEXT).ignored(NO_FASTDHT),
          Setting.of("group#", ValueType.TEXT).repeated().ignored(NO_FASTDHT),
          Setting.of("use_proxy", ValueType.TEXT).ignored(NO_FASTDHT),
          Setting.of("proxy_addr", ValueType.TEXT).ignored(NO_FASTDHT),
          Setting.of("proxy_port", ValueType.TEXT).ignored(NO_FASTDHT));

  static Deduplication read(EffectiveSettings in) {
    return new Deduplication(in.get(CHECK), in.get(METHOD));
  }
}
