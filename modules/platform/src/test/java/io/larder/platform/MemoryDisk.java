package io.larder.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// A file system in memory that can lose power.
///
/// It acts like [LinuxDisk] with everything in the page cache, and keeps apart what is durable. What syncs make durable
/// is no more than POSIX promises:
/// - [#sync] and [#syncData] of a file: its content and size, never a name of it;
/// - [#syncDirectory] (and [#sync] of a directory's handle): the entries of that directory and what they rest on
///   ([NameHistory]), never the directory's own name;
/// - [#syncFileSystem]: everything.
///
/// [#powerCut] keeps of the rest what a [PowerCut] chooses:
/// - each block of 4 KiB has any of the contents it had since it was durable, also torn at a boundary of sectors;
/// - the size is any that the file had since; where no bytes were kept there are zeros;
/// - any subset of the changes of names is there, each whole: a rename has moved the file or not, it is never under both
///   names. Those that make no sense without one that is lost are lost too;
/// - what no durable name leads to is gone, so are unnamed files, handles and locks.
///
/// Real file systems keep more order than this (journals, order between data and names); the model is the worst case that
/// POSIX allows, so that what survives here rests on no file system's habits. After a cut or a [#kill] the same object
/// serves the next process.
///
/// Any thread; one lock. Paths are absolute and of this tree alone.
public final class MemoryDisk extends MemoryCalls {
  private final MemoryFixtures fixtures = new MemoryFixtures(tree, volume);

  @Override
  public String description() {
    return "memory";
  }

  // ---- how it ends

  /// Ends the machine. What still runs gets `EBADF` for its handles.
  public void powerCut(PowerCut choice) {
    run(() -> {
      closeAll();
      volume.cut(choice, tree.root());
    });
  }

  /// Ends the process: handles, locks and unnamed files are gone, the page cache stays.
  public void kill() {
    run(this::closeAll);
  }

  private void closeAll() {
    for (int handle : handles.all()) {
      volume.release(handles.remove(handle));
    }
  }

  // ---- what it is like

  /// Sets how large the file system is and how much of it is free now. At first it is 1 TiB, all free.
  public void setSpace(DiskSpace space) {
    run(() -> volume.space().set(space));
  }

  /// Sets where times of change come from; at first the system's clock.
  public void setClock(WallClock clock) {
    run(() -> volume.setClock(clock));
  }

  /// Sets whether files without a name are offered; at first they are.
  public void offerUnnamedFiles(boolean offered) {
    run(() -> unnamedFiles = offered);
  }

  /// Sets whether [#syncFileSystem] is offered; at first it is.
  public void offerFileSystemSync(boolean offered) {
    run(() -> fileSystemSync = offered);
  }

  // ---- what was there before the story began: all of it is durable

  /// Makes a folder and those above it.
  public void makeDirectories(Path folder) {
    run(() -> fixtures.makeDirectories(folder));
  }

  /// Makes a file, or replaces one; folders above it are made.
  public void put(Path file, byte[] content) {
    run(() -> fixtures.put(file, content, volume.seconds()));
  }

  /// Makes a symbolic link, or replaces one; folders above it are made.
  public void putLink(Path link, String target) {
    run(() -> fixtures.putLink(link, PathNames.bytesOf(target)));
  }

  /// Removes a file, link or folder with all that is in it. Does nothing when there is none in its folder.
  public void remove(Path path) {
    run(() -> fixtures.remove(path));
  }

  /// Copies a folder of this machine into a folder here, which is made.
  ///
  /// @throws IOException when it cannot be read
  public void importTree(Path real, Path into) throws IOException {
    transfer(transfer -> transfer.in(real, into));
  }

  /// Copies a folder from here into a folder of this machine, which is made.
  ///
  /// @throws IOException when it cannot be written
  public void exportTree(Path from, Path real) throws IOException {
    transfer(transfer -> transfer.out(from, real));
  }

  private void transfer(Consumer<MemoryTransfer> work) throws IOException {
    try {
      run(() -> work.accept(new MemoryTransfer(fixtures)));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getCause());
    }
  }

  // ---- what is there

  /// Whether a path leads to something; links are followed.
  public boolean exists(Path path) {
    return locked(() -> fixtures.exists(path));
  }

  /// The content of a file at present; links are followed.
  ///
  /// @throws IllegalArgumentException when there is no file
  public byte[] content(Path file) {
    return locked(() -> fixtures.content(file));
  }

  /// Files and symbolic links in a folder and below it, in order; empty when there is no such folder.
  public List<Path> files(Path below) {
    return locked(() -> fixtures.files(below));
  }

  /// What a path leads to, links followed; for tests of the model.
  MemoryNode node(Path path) {
    return locked(() -> fixtures.node(path));
  }

  // ---- syncs that fail

  /// The sync of a file or directory fails: what was unsynced is never tried again, as on Linux.
  void failSync(int handle) {
    answer(() -> volume.forget(handles.node(handle)));
  }

  /// Like [#failSync], by name.
  void failSyncDirectory(int directory, String name) {
    answer(() -> volume.forget(find(directory, name, true).existing()));
  }

  /// Like [#failSync], for all there is.
  void failSyncFileSystem() {
    run(volume::forgetAll);
  }

  private void run(Runnable work) {
    locked(() -> {
      work.run();
      return this;
    });
  }
}
