package io.larder.store.duplicate;

/// Opens the index that lies in the base path. One thread at a time.
public interface IndexOpener {
  /// Whether there is an index, readable or not.
  boolean exists();

  /// Opens the index; makes a new one when there is none.
  ///
  /// @throws IndexException when it cannot be opened
  DuplicateIndex open() throws IndexException;

  /// Removes it, because it is damaged.
  ///
  /// @throws IndexException when that does not work
  void discard() throws IndexException;
}
