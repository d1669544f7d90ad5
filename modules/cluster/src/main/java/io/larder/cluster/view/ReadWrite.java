package io.larder.cluster.view;

/// What a storage may be used for, as `rw=` in storage_ids.conf says (S2 §2.3).
public enum ReadWrite {
  NONE(0),
  WRITE(2),
  READ(4),
  BOTH(6);

  private final int code;

  ReadWrite(int code) {
    this.code = code;
  }

  /// The byte in storage records of the wire.
  public int code() {
    return code;
  }

  public boolean reads() {
    return (code & READ.code) != 0;
  }

  public boolean writes() {
    return (code & WRITE.code) != 0;
  }
}
