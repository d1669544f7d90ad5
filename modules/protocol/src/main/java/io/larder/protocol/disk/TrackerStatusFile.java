package io.larder.protocol.disk;

/// A tracker's `data/.tracker_status`: when it was started and last seen alive (S2 §6).
///
/// @param upTime epoch seconds of its start
/// @param lastCheckTime epoch seconds of the last write
public record TrackerStatusFile(long upTime, long lastCheckTime) {
  /// Reads the file.
  ///
  /// @throws io.larder.protocol.MalformedException when an item is missing or no number
  public static TrackerStatusFile parse(String text) {
    KeyValues values = KeyValues.parse(text);
    return new TrackerStatusFile(values.number("up_time"), values.number("last_check_time"));
  }

  /// The whole file.
  public String text() {
    return "up_time=" + upTime + "\nlast_check_time=" + lastCheckTime + "\n";
  }
}
