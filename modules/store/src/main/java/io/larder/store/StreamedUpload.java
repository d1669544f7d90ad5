package io.larder.store;

import org.jspecify.annotations.Nullable;

/// Stores a file whose body arrives in pieces (commands 11, 21, 23 with more than one buffer; HTTP uploads).
///
/// Same checks, names and results as [SmallUpload]; those that need no disk (and for a slave those that do) are made at
/// `begin`, so a refusal may come while the body still arrives.
@SuppressWarnings("DoNotCallSuggester") // engine follows
public abstract class StreamedUpload extends StreamedBody {
  /// Size of a body that does not say how long it will be (HTTP chunked).
  public static final long SIZE_UNKNOWN = -1;

  private @Nullable StoredFile stored;

  /// Starts an upload.
  ///
  /// @param lane the lane of the calling loop
  /// @param head what to make
  /// @param size the declared size, or [#SIZE_UNKNOWN]
  public final void begin(StoreLane lane, UploadHead head, long size) {
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
