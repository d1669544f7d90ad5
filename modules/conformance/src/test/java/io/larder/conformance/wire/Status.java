package io.larder.conformance.wire;

/// The status of a refusal: the numbers Linux has for errors.
public final class Status {
  public static final int OK = 0;
  public static final int ENOENT = 2;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int ENAMETOOLONG = 36;
  public static final int EOPNOTSUPP = 95;

  private Status() {}
}
