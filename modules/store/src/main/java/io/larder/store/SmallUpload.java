package io.larder.store;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Stores a file whose whole body is in one buffer (commands 11, 21, 23; HTTP uploads up to one buffer).
///
/// Checks made here, in this order: writes are taken at all (30); index of the store path (22); empty prefix (22);
/// reserved space with the size counted (28, S1 §4.16; for a slave on the master's path and before the master is
/// looked at); queue of the path (16); for a slave: name rules (22), the master exists (2), the slave does not exist
/// (17). Lengths and sizes of the frame are the caller's business.
@SuppressWarnings("DoNotCallSuggester") // engine follows
public abstract class SmallUpload extends StoreJob {
  private @Nullable StoredFile stored;

  /// Hands the file over. An empty buffer makes an empty file.
  ///
  /// @param lane the lane of the calling loop
  /// @param head what to make
  /// @param body the readable bytes are the content; the store owns and releases it, refused or not
  public final void submit(StoreLane lane, UploadHead head, ByteBuf body) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// The file made.
  ///
  /// @throws IllegalStateException unless the job is [#ok()]
  public final StoredFile stored() {
    StoredFile made = stored;
    if (made == null) {
      throw new IllegalStateException("no file was stored: " + message());
    }
    return made;
  }
}
