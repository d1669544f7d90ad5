package io.larder.store.trunk;

import io.larder.protocol.disk.DataInitFlag;
import java.io.IOException;
import java.util.function.UnaryOperator;

/// The identity of this storage, `data/.data_init_flag`, of which the trunk files own three lines: the last trunk file
/// id, and time and stage of the last compaction of the log (S3 §4). Whoever owns the file gives this in.
///
/// Any thread may call both.
public interface InitFlag {
  /// The identity as it is on disk. Does not touch the disk.
  DataInitFlag read();

  /// Changes the identity, on disk first; changes come one after the other.
  ///
  /// @param change gets the present identity
  /// @throws IOException when it cannot be written; nothing has changed then
  void change(UnaryOperator<DataInitFlag> change) throws IOException;
}
