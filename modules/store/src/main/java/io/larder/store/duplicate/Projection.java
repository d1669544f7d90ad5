package io.larder.store.duplicate;

import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.fileid.SourceNames;
import io.larder.store.binlog.BinlogPosition;

/// How records of the binlog change the index.
///
/// Only sources that this storage made itself count, and so only links to them: it alone makes links to its sources and
/// deletes them, whoever deletes the links. A storage that deleted a source of another one could not know of a link that
/// is being made there.
public final class Projection {
  private final DuplicateIndex index;
  private long sources;
  private long links;

  /// @param start how much the index knows
  public Projection(DuplicateIndex index, DuplicateIndex.Totals start) {
    this.index = index;
    sources = start.sources();
    links = start.links();
  }

  /// Applies the next record.
  ///
  /// @return whether the index was changed
  public boolean apply(BinlogPosition at, BinlogRecord record) throws IndexException {
    return switch (record.change()) {
      case BinlogRecord.Create(String name)
          when !record.replicated() && SourceNames.matches(name) ->
          countSource(index.addSource(name, at), 1);
      case BinlogRecord.Link(String name, String source) when SourceNames.matches(source) ->
          countLink(index.addLink(name, source), 1);
      case BinlogRecord.Delete(String name) when SourceNames.matches(name) ->
          countSource(index.removeSource(name), -1);
      case BinlogRecord.Delete(String name) when !name.endsWith(DataLayout.METADATA_SUFFIX) ->
          countLink(index.removeLink(name, at), -1);
      case BinlogRecord.Change _ -> false;
    };
  }

  private boolean countSource(boolean changed, int by) {
    sources += changed ? by : 0;
    return changed;
  }

  private boolean countLink(boolean changed, int by) {
    links += changed ? by : 0;
    return changed;
  }

  /// A link was taken out past the binlog.
  ///
  /// @return whether it was there
  public boolean forgot(boolean link) {
    return countLink(link, -1);
  }

  /// A source was taken out past the binlog.
  public void forgotSource() {
    sources--;
  }

  /// How much the index knows now.
  public DuplicateIndex.Totals totals() {
    return new DuplicateIndex.Totals(sources, links);
  }
}
