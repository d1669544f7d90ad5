package io.larder.store.scrubber;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Disks;
import io.larder.platform.FakeTicker;
import io.larder.protocol.sample.SampleDataFolder;
import io.larder.store.verify.Breakage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A scrub of the folders of a storage, in the test's thread, under a clock that moves only while the scrub waits.
final class ScrubRig implements AutoCloseable {
  static final ScrubSettings FAST = new ScrubSettings(Duration.ofDays(30), 0, 0);

  private static final int TRUNK_FILE_BYTES = 16 * 1024;

  final FakeTicker ticker;
  final Scrubber scrubber;
  boolean mayRead = true;
  boolean stopping;

  private final Disk disk;
  private final int handle;
  private final int base;

  private ScrubRig(Disk disk, Path base, Path store, int index, FakeTicker ticker) {
    this.disk = disk;
    this.ticker = ticker;
    try {
      Files.createDirectories(store.resolve("data/.larder/staging"));
      handle = DiskException.check(disk.openDirectory(store.resolve("data")), "store path");
      this.base = DiskException.check(disk.openDirectory(base.resolve("data")), "base path");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ScrubbedPath path = new ScrubbedPath(index, disk, handle, store.resolve("data"), this.base);
    scrubber =
        new Scrubber(
            path,
            () -> mayRead,
            new Scrubber.Time(
                ticker, ticker, nanos -> ticker.advance(Duration.ofNanos(nanos)), () -> stopping));
    scrubber.by(FAST);
  }

  static ScrubRig of(SampleDataFolder sample) {
    return of(disk(), sample);
  }

  static ScrubRig of(Disk disk, SampleDataFolder sample) {
    return of(disk, sample, new FakeTicker());
  }

  static ScrubRig of(Disk disk, SampleDataFolder sample, FakeTicker ticker) {
    return new ScrubRig(disk, sample.base(), sample.store(), 0, ticker);
  }

  static ScrubRig of(Path base, Path store, int index) {
    return new ScrubRig(disk(), base, store, index, new FakeTicker());
  }

  static Disk disk() {
    return Disks.choose(Disks.Form.BEST).disk();
  }

  /// The sample with trunk files, its trunk file cut behind its slots so that it is read fast.
  static SampleDataFolder trunkSample(Path folder) {
    SampleDataFolder sample = SampleDataFolder.trunk(folder);
    Breakage.truncate(sample.file(SampleDataFolder.TRUNK_FILE), TRUNK_FILE_BYTES);
    return sample;
  }

  /// Makes one pass, whether it is due or not, and tells what is suspect then as the disk has it: fault and true name.
  List<String> pass() {
    ticker.advance(Duration.ofDays(31));
    scrubber.turn();
    return listed();
  }

  /// What the list on the disk says.
  List<String> listed() {
    return onDisk().suspects().stream()
        .map(suspect ->
            suspect.fault().name().toLowerCase(Locale.ROOT) + " " + suspect.name().substring(4))
        .toList();
  }

  SuspectFile.Content onDisk() {
    try {
      return new SuspectFile(disk, handle).read();
    } catch (DiskException e) {
      throw new UncheckedIOException(e);
    }
  }

  ScrubState position() {
    try {
      return new ScrubStateFile(disk, handle).read();
    } catch (DiskException e) {
      throw new UncheckedIOException(e);
    }
  }

  ScrubFigures figures() {
    return scrubber.figures();
  }

  @Override
  public void close() {
    disk.close(handle);
    disk.close(base);
  }
}
