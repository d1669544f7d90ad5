package io.larder.storage.access;

/// What is known of a request when it is answered.
///
/// @param startedMillis when it began, epoch milliseconds
/// @param clientIp who asked
/// @param action what was asked for, as the log calls it
/// @param fileName the logical name, `old=>new` of a rename, or `-`
/// @param status what was answered
/// @param usedMicros how long it took
/// @param requestBytes size of the request with its header
/// @param responseBytes size of the reply with its header
public record AccessEntry(
    long startedMillis,
    String clientIp,
    Action action,
    String fileName,
    int status,
    long usedMicros,
    long requestBytes,
    long responseBytes) {
  /// The actions of the log.
  public enum Action {
    UPLOAD("upload"),
    DOWNLOAD("download"),
    DELETE("delete"),
    GET_METADATA("get_metadata"),
    SET_METADATA("set_metadata"),
    MODIFY("modify"),
    APPEND("append"),
    TRUNCATE("truncate"),
    STATUS("status"),
    RENAME("rename");

    private final String word;

    Action(String word) {
      this.word = word;
    }

    /// The word in the log.
    public String word() {
      return word;
    }
  }
}
