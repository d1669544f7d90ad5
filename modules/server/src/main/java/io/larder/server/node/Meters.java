package io.larder.server.node;

import io.larder.http.HttpCounters;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.Counter;
import io.larder.storage.StorageRole;
import io.larder.store.PathMode;
import io.larder.store.PathState;
import io.larder.store.Store;
import io.larder.store.TrunkState;
import io.larder.store.duplicate.DuplicateState;
import io.larder.store.scrubber.ScrubFigures;
import io.larder.tracker.TrackerCounters;
import io.larder.transport.server.Connections;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// Binds the plain counters of the rooms to Micrometer. Names begin with `larder_`; units are in the names.
final class Meters {
  /// Points in time and amounts that C counts but nothing here changes yet are no counters.
  private static final Set<Counter> TIMES =
      EnumSet.of(
          Counter.LAST_SOURCE_UPDATE,
          Counter.LAST_SYNC_UPDATE,
          Counter.LAST_SYNCED_TIMESTAMP,
          Counter.LAST_HEART_BEAT_TIME);

  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /// Operations and store paths of a storage.
  void store(Store store) {
    for (Counter counter : Counter.values()) {
      if (!TIMES.contains(counter)) {
        operation(store, counter);
      }
    }
    for (PathState path : store.paths()) {
      path(store, path.index(), path.directory());
    }
    trunk("serving", store, state -> 1);
    trunk("file.last", store, TrunkState::lastFileId);
    trunk("free.bytes", store, TrunkState::freeBytes);
    trunk("free.blocks", store, TrunkState::freeBlocks);
    trunk("leaked.bytes", store, TrunkState::leakedBytes);
    trunk("paths.open", store, TrunkState::pathsOpen);
    duplicates(store);
  }

  /// What is saved by storing the same content once, and whether that works.
  private void duplicates(Store store) {
    duplicateCount("larder.duplicates.found", store, DuplicateState::found);
    duplicateCount("larder.duplicates.saved.bytes", store, DuplicateState::savedBytes);
    duplicateCount("larder.duplicates.unasked", store, DuplicateState::unasked);
    duplicateCount("larder.duplicates.sources.deleted", store, DuplicateState::sourcesDeleted);
    duplicateGauge("larder.duplicates.sources", Tags.empty(), store, DuplicateState::sources);
    duplicateGauge("larder.duplicates.links", Tags.empty(), store, DuplicateState::links);
    for (DuplicateState.Status status : DuplicateState.Status.values()) {
      duplicateGauge(
          "larder.duplicates.state",
          Tags.of("state", status.text()),
          store,
          state -> state.status() == status ? 1 : 0);
    }
  }

  private void duplicateCount(String name, Store store, ToDoubleFunction<DuplicateState> value) {
    FunctionCounter.builder(name, store, s -> value.applyAsDouble(s.duplicateState()))
        .register(registry);
  }

  private void duplicateGauge(
      String name, Tags tags, Store store, ToDoubleFunction<DuplicateState> value) {
    Gauge.builder(name, store, s -> value.applyAsDouble(s.duplicateState()))
        .tags(tags)
        .register(registry);
  }

  /// `total_upload_count` becomes `larder_storage_operations_total{operation="upload",outcome="total"}`.
  private void operation(Store store, Counter counter) {
    String[] words = counter.name().toLowerCase(Locale.ROOT).split("_", -1);
    String unit = words[words.length - 1].equals("bytes") ? "bytes" : "operations";
    String outcome = words[0].equals("success") ? "success" : "requested";
    String operation = String.join("_", java.util.Arrays.copyOfRange(words, 1, words.length - 1));
    FunctionCounter.builder("larder.storage." + unit, store, s -> s.count(counter))
        .tags(Tags.of("operation", operation, "outcome", outcome))
        .description("What the storage was asked for and what it did, since its first start")
        .register(registry);
  }

  private void path(Store store, int index, String directory) {
    Tags tags = Tags.of("path", "M%02X".formatted(index), "directory", directory);
    gauge("larder.store.path.size.megabytes", tags, store, index, PathState::totalMegabytes);
    gauge("larder.store.path.free.megabytes", tags, store, index, PathState::freeMegabytes);
    gauge("larder.store.path.readonly", tags, store, index, p -> takesFiles(p) ? 0 : 1);
    for (PathMode mode : PathMode.values()) {
      Tags ofMode = tags.and("mode", mode.text());
      gauge("larder.store.path.mode", ofMode, store, index, p -> p.mode() == mode ? 1 : 0);
    }
    gauge("larder.store.path.queued.jobs", tags, store, index, PathState::queuedJobs);
    gauge("larder.store.path.queued.bytes", tags, store, index, PathState::queuedBytes);
    gauge("larder.store.path.stalled.milliseconds", tags, store, index, PathState::stalledMillis);
    scrub(store, index, tags);
  }

  private void scrub(Store store, int index, Tags tags) {
    scrubCount("larder.scrub.files", tags, store, index, ScrubFigures::files);
    scrubCount("larder.scrub.bytes", tags, store, index, ScrubFigures::bytes);
    scrubGauge("larder.scrub.suspects", tags, store, index, ScrubFigures::suspects);
    scrubGauge("larder.scrub.progress.ratio", tags, store, index, ScrubFigures::progress);
    scrubGauge(
        "larder.scrub.last.completed.seconds", tags, store, index, ScrubFigures::lastCompleted);
    for (ScrubFigures.Status status : ScrubFigures.Status.values()) {
      Tags ofStatus = tags.and("status", status.text());
      scrubGauge("larder.scrub.status", ofStatus, store, index, s -> s.status() == status ? 1 : 0);
    }
  }

  private void scrubGauge(
      String name, Tags tags, Store store, int index, ToDoubleFunction<ScrubFigures> value) {
    Gauge.builder(name, store, s -> value.applyAsDouble(s.scrubs().get(index)))
        .tags(tags)
        .register(registry);
  }

  private void scrubCount(
      String name, Tags tags, Store store, int index, ToDoubleFunction<ScrubFigures> value) {
    FunctionCounter.builder(name, store, s -> value.applyAsDouble(s.scrubs().get(index)))
        .tags(tags)
        .register(registry);
  }

  /// All zero while this storage hands out no slots.
  private void trunk(String name, Store store, ToDoubleFunction<TrunkState> value) {
    Gauge.builder(
            "larder.store.trunk." + name,
            store,
            s -> s.trunkState().map(value::applyAsDouble).orElse(0.0))
        .description("Free space in trunk files, as the storage that hands out slots knows it")
        .register(registry);
  }

  private static boolean takesFiles(PathState path) {
    return path.mode() == PathMode.NORMAL;
  }

  private void gauge(
      String name, Tags tags, Store store, int index, ToDoubleFunction<PathState> value) {
    Gauge.builder(name, store, s -> value.applyAsDouble(s.paths().get(index)))
        .tags(tags)
        .register(registry);
  }

  /// Connections and joins of the storage role.
  void storage(StorageRole role) {
    connections("storage", role.connections());
    Gauge.builder("larder.storage.trackers.joined", role, r -> r.standing().trackersJoined())
        .register(registry);
    FunctionCounter.builder(
            "larder.storage.access.lines.dropped", role, StorageRole::accessLinesDropped)
        .register(registry);
  }

  /// Requests and joins of the tracker role.
  void tracker(TrackerCounters counters) {
    connections("tracker", counters.connections());
    for (Command command : Command.values()) {
      if (command.served() && command.server() == Command.Server.TRACKER) {
        FunctionCounter.builder("larder.tracker.requests", counters, c -> c.requests(command))
            .tag("command", command.name().toLowerCase(Locale.ROOT))
            .register(registry);
      }
    }
    FunctionCounter.builder("larder.tracker.refusals", counters, TrackerCounters::refusals)
        .register(registry);
    FunctionCounter.builder("larder.tracker.joins", counters, TrackerCounters::joins)
        .register(registry);
    FunctionCounter.builder(
            "larder.tracker.write.failures", counters, TrackerCounters::writeFailures)
        .register(registry);
  }

  /// What HTTP did with files.
  void http(HttpCounters counters) {
    connections("http", counters.connections());
    count("larder.http.downloads", counters, HttpCounters::downloads);
    count("larder.http.downloaded.bytes", counters, HttpCounters::downloadedBytes);
    count("larder.http.uploads", counters, HttpCounters::uploads);
    count("larder.http.uploaded.bytes", counters, HttpCounters::uploadedBytes);
    count("larder.http.deletes", counters, HttpCounters::deletes);
    count("larder.http.refusals", counters, HttpCounters::refusals);
  }

  private void count(String name, HttpCounters counters, ToDoubleFunction<HttpCounters> value) {
    FunctionCounter.builder(name, counters, value).register(registry);
  }

  /// Connections of a server.
  void connections(String role, Connections connections) {
    Tags tags = Tags.of("role", role);
    Gauge.builder("larder.connections.current", connections, Connections::current)
        .tags(tags)
        .register(registry);
    Gauge.builder("larder.connections.limit", connections, Connections::limit)
        .tags(tags)
        .register(registry);
    FunctionCounter.builder("larder.connections.refused", connections, Connections::refused)
        .tags(tags)
        .register(registry);
    FunctionCounter.builder("larder.connections.timedout", connections, Connections::timedOut)
        .tags(tags)
        .register(registry);
  }
}
