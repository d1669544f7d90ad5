package io.larder.store;

import io.larder.store.binlog.BinlogPosition;
import io.larder.store.duplicate.DuplicateIndex;
import io.larder.store.duplicate.IndexException;
import io.larder.store.duplicate.IndexOpener;
import io.larder.store.duplicate.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// An index in memory whose commits survive the end of a process, and of which a power cut may take the last ones. It can
/// be made to fail and to hang.
final class MemoryIndex implements IndexOpener {
  private record Source(Optional<Signature> signature, BinlogPosition orphan, int links) {}

  private static final class Content {
    private final Map<String, Source> sources = new TreeMap<>();
    private final Map<String, String> links = new TreeMap<>();
    private @Nullable BinlogPosition position;
    private boolean complete;

    private Content copy() {
      Content copy = new Content();
      copy.sources.putAll(sources);
      copy.links.putAll(links);
      copy.position = position;
      copy.complete = complete;
      return copy;
    }
  }

  private final List<Content> commits = new ArrayList<>(); // guarded by this
  private volatile boolean failing;
  private volatile boolean damaged;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  volatile int discarded;

  /// Every call fails from now on, until it is told otherwise.
  void fail(boolean now) {
    failing = now;
  }

  /// What is kept cannot be believed any more.
  void damage() {
    damaged = true;
  }

  /// Every call hangs until [#letGo].
  void hang() {
    gate = new CountDownLatch(1);
  }

  void letGo() {
    gate.countDown();
  }

  /// A power cut takes commits that were not the disk's yet, the last first.
  synchronized void powerCut(RandomGenerator random) {
    int keep = commits.isEmpty() ? 0 : random.nextInt(commits.size() + 1);
    commits.subList(keep, commits.size()).clear();
  }

  @Override
  public synchronized boolean exists() {
    return !commits.isEmpty();
  }

  @Override
  public synchronized DuplicateIndex open() throws IndexException {
    check();
    return new Open(commits.isEmpty() ? new Content() : commits.getLast().copy());
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // the thread of the index alone
  public synchronized void discard() {
    commits.clear();
    damaged = false;
    discarded++;
  }

  private synchronized void keep(Content content) {
    commits.add(content.copy());
  }

  private void check() throws IndexException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failing || damaged) {
      throw new IndexException("made to fail", damaged, null);
    }
  }

  private final class Open implements DuplicateIndex {
    private final Content now;

    Open(Content now) {
      this.now = now;
    }

    @Override
    public Optional<BinlogPosition> position() throws IndexException {
      check();
      return Optional.ofNullable(now.position);
    }

    @Override
    public boolean isComplete() throws IndexException {
      check();
      return now.complete;
    }

    @Override
    public Optional<String> find(Signature signature, Set<String> except) throws IndexException {
      check();
      return now.sources.entrySet().stream()
          .filter(source -> source.getValue().signature().equals(Optional.of(signature)))
          .map(Map.Entry::getKey)
          .filter(source -> !except.contains(source))
          .findFirst();
    }

    @Override
    public boolean addSource(String source, BinlogPosition at) throws IndexException {
      check();
      return now.sources.putIfAbsent(source, new Source(Optional.empty(), at, 0)) == null;
    }

    @Override
    public void sign(String source, Signature signature) throws IndexException {
      check();
      now.sources.computeIfPresent(
          source, (_, old) -> new Source(Optional.of(signature), old.orphan(), old.links()));
    }

    @Override
    public boolean removeSource(String source) throws IndexException {
      check();
      now.links.values().removeIf(source::equals);
      return now.sources.remove(source) != null;
    }

    @Override
    public boolean addLink(String link, String source) throws IndexException {
      check();
      if (!now.sources.containsKey(source) || now.links.putIfAbsent(link, source) != null) {
        return false;
      }
      now.sources.computeIfPresent(
          source, (_, old) -> new Source(old.signature(), old.orphan(), old.links() + 1));
      return true;
    }

    @Override
    public boolean removeLink(String link, BinlogPosition at) throws IndexException {
      check();
      String source = now.links.remove(link);
      if (source == null) {
        return false;
      }
      now.sources.computeIfPresent(
          source, (_, old) -> new Source(old.signature(), at, old.links() - 1));
      return true;
    }

    @Override
    public List<String> orphans(BinlogPosition before, String after, int max)
        throws IndexException {
      check();
      return now.sources.entrySet().stream()
          .filter(source -> source.getKey().compareTo(after) > 0)
          .filter(source -> source.getValue().links() == 0)
          .filter(source -> source.getValue().orphan().compareTo(before) < 0)
          .map(Map.Entry::getKey)
          .limit(max)
          .toList();
    }

    @Override
    public List<String> unsigned(String after, int max) throws IndexException {
      check();
      return now.sources.entrySet().stream()
          .filter(source -> source.getKey().compareTo(after) > 0)
          .filter(source -> source.getValue().signature().isEmpty())
          .map(Map.Entry::getKey)
          .limit(max)
          .toList();
    }

    @Override
    public Totals totals() throws IndexException {
      check();
      return new Totals(now.sources.size(), now.links.size());
    }

    @Override
    public void commit(BinlogPosition position, boolean complete) throws IndexException {
      check();
      now.position = position;
      now.complete = complete;
      keep(now);
    }

    @Override
    public void close() {}
  }
}
