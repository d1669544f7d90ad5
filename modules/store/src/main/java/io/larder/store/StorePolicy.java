package io.larder.store;

import java.util.Set;

/// What others decide about storing: pushed in by the storage role when the tracker tells it, and whenever it changes.
///
/// @param pathChoice how the store chooses a path when the client does not
/// @param reserved what stays free on each path
/// @param readOnlyPaths indexes of paths that take no new files
/// @param acceptsWrites whether new files and changes are taken at all; when not, they are refused with 30 (`EROFS`)
public record StorePolicy(
    PathChoice pathChoice,
    ReservedSpace reserved,
    Set<Integer> readOnlyPaths,
    boolean acceptsWrites) {
  /// How a store path is chosen (the tracker's `store_path`).
  public enum PathChoice {
    /// One after the other (0).
    ROUND_ROBIN,
    /// The one with most free space above the reserve, as last measured (2).
    MOST_FREE
  }

  /// Copies the set.
  public StorePolicy {
    readOnlyPaths = Set.copyOf(readOnlyPaths);
  }

  /// What holds before a tracker has said anything: round robin, nothing reserved.
  public static StorePolicy initial() {
    return new StorePolicy(PathChoice.ROUND_ROBIN, new ReservedSpace.Megabytes(0), Set.of(), true);
  }
}
