package io.larder.protocol.conf;

/// What a tracker lets clients do with a storage: `rw=` in storage_ids.conf, and a byte in lists.
public enum RwMode {
  NONE(0, "none"),
  WRITE(2, "write"),
  READ(4, "read"),
  BOTH(6, "both");

  private final int code;
  private final String caption;

  RwMode(int code, String caption) {
    this.code = code;
    this.caption = caption;
  }

  static final ValueType<RwMode> TYPE =
      ValueType.choice(
          RwMode.class,
          mode ->
              switch (mode) {
                case NONE -> "none";
                case WRITE -> "write|writeonly";
                case READ -> "read|readonly";
                case BOTH -> "both|all";
              });

  /// The byte in storage records (S1 §3.3).
  public int code() {
    return code;
  }

  /// The word in lists of ids.
  public String caption() {
    return caption;
  }

  public boolean canRead() {
    return (code & READ.code) != 0;
  }

  public boolean canWrite() {
    return (code & WRITE.code) != 0;
  }
}
