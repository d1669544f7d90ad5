package io.larder.store;

import io.larder.protocol.fileid.LogicalName;

/// Writes the metadata of a file (command 13), whole and at once: a reader sees the old or the new, never a part.
///
/// Checks made here, in this order: index of the store path (22); queue of the path (16); the file exists (2).
/// Rules of merging, sorting and cutting: S1 §4.9; only re-packed bytes are written.
@SuppressWarnings("DoNotCallSuggester") // engine follows
public abstract class SetMetadata extends StoreJob {
  /// How the given items meet those already there.
  public enum Mode {
    /// They replace all; none given: the metadata is removed (flag `O`).
    OVERWRITE,
    /// They are added, the new value wins; none given: nothing happens (flag `M`).
    MERGE
  }

  /// Hands the metadata over.
  ///
  /// @param lane the lane of the calling loop
  /// @param name the file it belongs to
  /// @param mode how to combine
  /// @param items `name 0x02 value` joined by 0x01, one char per byte
  public final void submit(StoreLane lane, LogicalName name, Mode mode, String items) {
    throw new UnsupportedOperationException("engine follows");
  }
}
