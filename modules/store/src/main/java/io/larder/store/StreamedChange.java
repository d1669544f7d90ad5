package io.larder.store;

/// Appends to or modifies an appender file, the bytes arriving in pieces (commands 24, 34 with more than one buffer).
///
/// The bytes are staged in an unnamed file; the file itself changes only after [#finish()], in its turn. Checks as
/// [SmallChange], made at `begin` (so that a refusal can come early) and again when the turn has come.
@SuppressWarnings("DoNotCallSuggester") // engine follows
public abstract class StreamedChange extends StreamedBody {
  /// Starts a change.
  ///
  /// @param lane the lane of the calling loop
  /// @param head what to change
  /// @param size the declared number of bytes
  public final void begin(StoreLane lane, ChangeHead head, long size) {
    throw new UnsupportedOperationException("engine follows");
  }
}
