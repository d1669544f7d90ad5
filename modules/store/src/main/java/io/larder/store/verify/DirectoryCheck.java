package io.larder.store.verify;

import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.protocol.disk.DataLayout;
import io.larder.store.names.LoggedName;
import io.larder.store.names.LoggedNames;
import io.larder.store.names.NameState;
import io.larder.store.scrub.ContentReader;
import io.larder.store.scrub.NameKind;
import io.larder.store.scrub.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Checks one directory `HH/LL`: goes through its entries and through what the log has of it side by side, both sorted.
/// Keeps the names of this directory in memory and nothing else. One thread.
final class DirectoryCheck {
  private static final int ENTRIES_PER_LOOK = 64;

  private final StoreContext store;
  private final LoggedNames names;
  private final FreeBlocksOfPath free;
  private final List<TrunkLots.Piece> lots;
  private final EntryCheck entries;

  /// @param lots reserved space of this store path
  DirectoryCheck(
      StoreContext store,
      LoggedNames names,
      FreeBlocksOfPath free,
      List<TrunkLots.Piece> lots,
      ContentReader reader) {
    this.store = store;
    this.names = names;
    this.free = free;
    this.lots = lots;
    entries = new EntryCheck(store, reader);
  }

  /// Checks a directory; in ascending order. One that is not there has no entries.
  ///
  /// @throws IOException when scratch cannot be read
  void check(int high, int low) throws IOException {
    String directory = DataLayout.directory(high, low);
    List<String> found = new ArrayList<>();
    int listed = store.disk().list(store.data().handle(), directory, found);
    if (listed < 0 && listed != -Errno.ENOENT) {
      store.find(Check.UNREADABLE, directory, "cannot be listed: " + Errno.text(-listed));
      passOver(high, low);
      return;
    }
    List<String> trunkFiles = new ArrayList<>();
    List<String> files = new ArrayList<>();
    for (String name : found) {
      (NameKind.isTrunkFile(name) ? trunkFiles : files).add(name);
    }
    files.sort(null);
    filesOfTheirOwn(directory, high, low, files);
    trunkFiles.sort(Comparator.comparingLong(Long::parseLong));
    trunkFiles(directory, high, low, trunkFiles);
  }

  /// What cannot be seen is not called missing.
  private void passOver(int high, int low) throws IOException {
    Optional<LoggedName> name = names.file(high, low);
    while (name.isPresent()) {
      name = names.file(high, low);
    }
    Optional<Integer> file = names.trunkFile(high, low);
    while (file.isPresent()) {
      passOverSlots(high, low, file.get());
      file = names.trunkFile(high, low);
    }
  }

  // ---- files of their own

  private void filesOfTheirOwn(String directory, int high, int low, List<String> files)
      throws IOException {
    Optional<LoggedName> logged = names.file(high, low);
    int at = 0;
    while (at < files.size() || logged.isPresent()) {
      if (at % ENTRIES_PER_LOOK == 0) {
        store.inspection().checkStop();
      }
      int order =
          logged.isEmpty()
              ? -1
              : at == files.size() ? 1 : files.get(at).compareTo(logged.get().fileName());
      if (order > 0) {
        withoutFile(directory, logged.get());
      } else {
        NameState state = order == 0 ? logged.get().state() : NameState.NONE;
        entries.check(directory, files, at, state);
        at++;
      }
      logged = order >= 0 ? names.file(high, low) : logged;
    }
  }

  private void withoutFile(String directory, LoggedName logged) {
    if (logged.state().isThere()) {
      store.find(
          Check.RECORD_WITHOUT_FILE,
          directory + "/" + logged.fileName(),
          "is not there; its last record is in file "
              + logged.at().file()
              + " at "
              + logged.at().offset());
    }
  }

  // ---- trunk files

  private void trunkFiles(String directory, int high, int low, List<String> files)
      throws IOException {
    for (String file : files) {
      store.inspection().checkStop();
      long number = Long.parseLong(file);
      missingBefore(directory, high, low, number);
      if (number <= Integer.MAX_VALUE && isRegular(directory + "/" + file)) {
        trunkFile(directory, high, low, file, (int) number);
      } else {
        store.find(Check.STRANGER, directory + "/" + file, "is no trunk file");
      }
    }
    missingBefore(directory, high, low, Long.MAX_VALUE);
  }

  private boolean isRegular(String relative) throws DiskException {
    FileStatus status = new FileStatus();
    DiskException.check(
        store.disk().status(store.data().handle(), relative, false, status), "look at it");
    return status.isRegular();
  }

  /// Tells of trunk files that the log has names in and that are not there.
  private void missingBefore(String directory, int high, int low, long number) throws IOException {
    Optional<Integer> next = names.trunkFile(high, low);
    while (next.isPresent() && next.get() < number) {
      long lost = 0;
      Optional<LoggedName> name = names.slot(high, low, next.get());
      while (name.isPresent()) {
        lost += name.get().state().isThere() ? 1 : 0;
        name = names.slot(high, low, next.get());
      }
      if (lost > 0) {
        store.find(
            Check.TRUNK_FILE_MISSING,
            directory + "/" + DataLayout.trunkFileName(next.get()),
            "is not there; the log has " + lost + " files in it");
      }
      next = names.trunkFile(high, low);
    }
  }

  private void trunkFile(String directory, int high, int low, String file, int number)
      throws IOException {
    List<Span> reserved =
        lots.stream()
            .filter(lot -> lot.high() == high && lot.low() == low && lot.trunkFileId() == number)
            .map(TrunkLots.Piece::span)
            .toList();
    Iterator<Span> blocks = free.of(high, low, number);
    try {
      TrunkFileCheck.check(store, directory, file, blocks, () -> slot(high, low, number), reserved);
    } catch (DiskException e) {
      store.find(Check.UNREADABLE, directory + "/" + file, String.valueOf(e.getMessage()));
      passOverSlots(high, low, number);
    } catch (UncheckedIOException e) {
      throw new IOException("scratch cannot be read: " + e.getMessage(), e);
    }
  }

  private void passOverSlots(int high, int low, int number) throws IOException {
    Optional<LoggedName> name = names.slot(high, low, number);
    while (name.isPresent()) {
      name = names.slot(high, low, number);
    }
  }

  private Optional<LoggedName> slot(int high, int low, int number) {
    try {
      return names.slot(high, low, number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
