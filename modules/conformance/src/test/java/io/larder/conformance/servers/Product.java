package io.larder.conformance.servers;

/// Who made the server under test.
public enum Product {
  FASTDFS,
  LARDER;

  /// Told by the version that a storage reports to its tracker: that of Larder begins with `L`.
  static Product ofVersion(String version) {
    return version.startsWith("L") ? LARDER : FASTDFS;
  }
}
