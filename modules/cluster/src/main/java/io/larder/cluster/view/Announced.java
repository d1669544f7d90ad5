package io.larder.cluster.view;

/// What a storage told about itself when it joined (S2 §1.1).
///
/// @param version `6.16.1` and the like; begins with `L` for a Larder storage
/// @param joinTime epoch seconds of the first start of its data folder
/// @param upTime epoch seconds of its process start; 0 while it is not connected
public record Announced(
    String version,
    long joinTime,
    long upTime,
    int uploadPriority,
    int storePathCount,
    int subdirCount) {
  public Announced withUpTime(long newUpTime) {
    return new Announced(version, joinTime, newUpTime, uploadPriority, storePathCount, subdirCount);
  }
}
