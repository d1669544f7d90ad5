package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.store.folder.StoreFolder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/// What the space in trunk files needs of the storage it is in.
///
/// @param disk the disk port
/// @param basePath `base_path`
/// @param storePaths the store paths by index
/// @param initFlag the identity, which notes trunk file ids and stages
/// @param directories chooses the directories of trunk files
/// @param mayGrow whether reserved space allows another trunk file on a store path; any thread, does not block
/// @param givenUp the slots of a store path that are being cleared or wait to be made free by [SlotSource#free]; asked
///     after a header was seen empty, so a slot is told of before its header is cleared. Any thread
/// @param ticker measures how long lots last
/// @param clock gives the seconds in lines and the times of day of work
/// @param background runs work that waits for disks. A task of one store path must never wait for one of another: a
///     thread per task, of which there are few
public record TrunkSite(
    Disk disk,
    Path basePath,
    List<StoreFolder> storePaths,
    InitFlag initFlag,
    TrunkDirectories directories,
    IntPredicate mayGrow,
    IntFunction<Collection<TrunkSpan>> givenUp,
    Ticker ticker,
    WallClock clock,
    Executor background) {
  /// Copies the list.
  public TrunkSite {
    storePaths = List.copyOf(storePaths);
  }
}
