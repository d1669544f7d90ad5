package io.larder.store.duplicate;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/// Which sources uploads hold on to, which contents are being stored just now, and which sources are being deleted; so
/// that no link is ever made to a source that goes away, and no two uploads store the same at once.
///
/// ```
///   a source:  free --hold*--> held --letGo*--> free --doom--> doomed --spare--> free
///   a content: unknown --begin--> being stored, further uploads wait --end--> the next waiting one begins
/// ```
///
/// Pure; belongs to one thread. As large as the number of uploads and deletions under way.
///
/// @param <U> an upload
public final class Claims<U> {
  private record Making(Signature signature, int storePath) {}

  private final Map<String, Integer> held = new HashMap<>();
  private final Set<String> doomed = new HashSet<>();
  private final Map<Making, Queue<U>> making = new HashMap<>();

  /// An upload is going to make a link to a source, and holds on to it until [#letGo].
  public void hold(String source) {
    if (doomed.contains(source)) {
      throw new IllegalStateException(source + " is being deleted");
    }
    held.merge(source, 1, Integer::sum);
  }

  /// The opposite of [#hold].
  public void letGo(String source) {
    held.computeIfPresent(source, (name, count) -> count == 1 ? null : count - 1);
  }

  /// A source is going to be deleted, unless somebody holds on to it or it is being deleted already.
  ///
  /// @return whether it is
  public boolean doom(String source) {
    return !held.containsKey(source) && doomed.add(source);
  }

  /// The deletion of a source has ended, well or badly.
  public void spare(String source) {
    doomed.remove(source);
  }

  /// Sources that are being deleted.
  public Set<String> doomed() {
    return Collections.unmodifiableSet(doomed);
  }

  /// An upload is going to store content, unless another is doing that on the same store path; then it waits for
  /// [#end]. One on another store path is not waited for: a disk that hangs would stop more than its own uploads.
  ///
  /// @return whether it is to store the content
  public boolean begin(Signature signature, int storePath, U upload) {
    Making key = new Making(signature, storePath);
    Queue<U> waiting = making.get(key);
    if (waiting == null) {
      making.put(key, new ArrayDeque<>());
      return true;
    }
    waiting.add(upload);
    return false;
  }

  /// An upload that was to store content has ended, well or badly.
  ///
  /// @return the uploads that waited, in order; each is to be asked anew
  public Queue<U> end(Signature signature, int storePath) {
    return Optional.ofNullable(making.remove(new Making(signature, storePath)))
        .orElseGet(ArrayDeque::new);
  }

  /// Whether nothing is under way.
  public boolean isIdle() {
    return held.isEmpty() && doomed.isEmpty() && making.isEmpty();
  }
}
