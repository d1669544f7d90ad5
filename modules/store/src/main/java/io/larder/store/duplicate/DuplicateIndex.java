package io.larder.store.duplicate;

import io.larder.store.binlog.BinlogPosition;
import java.util.List;
import java.util.Optional;

/// The index of hidden sources: which content they have and which links stand for them.
///
/// It follows the binlog: everything but the signatures can be told from it again. Changes are seen by the caller at once
/// and are kept all together by [#commit], with the position in the binlog up to which they go; what was not committed is
/// gone after the end of the process. It may lose its last commits in a power cut, never a part of one.
///
/// Every method may block on a disk; one thread calls them. Adding what is there and removing what is not does nothing, so
/// the same records may be applied again.
public interface DuplicateIndex extends AutoCloseable {
  /// Up to where the binlog has been applied; empty when the index is new.
  Optional<BinlogPosition> position() throws IndexException;

  /// Whether every record from the first binlog file on has been applied. If not, links may be missing, and no source may
  /// be deleted because none is known.
  boolean isComplete() throws IndexException;

  /// A source with this content that is not among those to be left out.
  ///
  /// @param except sources that are about to be deleted; few
  Optional<String> find(Signature signature, java.util.Set<String> except) throws IndexException;

  /// Adds a source without links.
  ///
  /// @param at where its record stands
  /// @return whether it was new
  boolean addSource(String source, BinlogPosition at) throws IndexException;

  /// Says what content a source has. Nothing when the source is not known.
  void sign(String source, Signature signature) throws IndexException;

  /// Removes a source and its links.
  ///
  /// @return whether it was there
  boolean removeSource(String source) throws IndexException;

  /// Adds a link. Nothing when its source is not known.
  ///
  /// @return whether it was new
  boolean addLink(String link, String source) throws IndexException;

  /// Removes a link, if it is one.
  ///
  /// @param at where the record of its deletion stands
  /// @return whether it was there
  boolean removeLink(String link, BinlogPosition at) throws IndexException;

  /// Sources that have had no link since before a place in the binlog.
  ///
  /// @param after only those that come behind this one in the order of the index; empty for the first
  List<String> orphans(BinlogPosition before, String after, int max) throws IndexException;

  /// Sources whose content is not known.
  ///
  /// @param after only those that come behind this one in the order of the index; empty for the first
  List<String> unsigned(String after, int max) throws IndexException;

  /// Sources and links that are known; may take long.
  Totals totals() throws IndexException;

  /// Keeps everything done so far.
  ///
  /// @param position up to where the binlog has been applied
  /// @param complete see [#isComplete]
  void commit(BinlogPosition position, boolean complete) throws IndexException;

  /// Gives it back; what was not committed is gone.
  @Override
  void close();

  /// How much is known.
  ///
  /// @param sources hidden sources
  /// @param links links that stand for them
  record Totals(long sources, long links) {}
}
