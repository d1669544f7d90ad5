package io.larder.store.binlog;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.SmallFile;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.BinlogIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which binlog file is being written, as `binlog_index.dat` says it (S4 §2). One owner: the [Binlog].
///
/// The reference writes that file in place and without sync, so an empty or cut one is read past: then the highest
/// `binlog.NNN` is the current one.
final class CurrentFile {
  private static final Logger LOGGER = LoggerFactory.getLogger(CurrentFile.class);
  private static final String NAME = "binlog_index.dat";
  private static final String OLD_NAME = "binlog.index";
  private static final String FILE_PREFIX = "binlog.";
  private static final int BYTES_MAX = 4096;

  private final SmallFile file;
  private BinlogIndex index;

  private CurrentFile(SmallFile file, BinlogIndex index) {
    this.file = file;
    this.index = index;
  }

  static CurrentFile read(Disk disk, int directory) throws DiskException {
    SmallFile file = new SmallFile(disk, directory, NAME);
    Optional<BinlogIndex> found = parse(file, BinlogIndex::parse);
    if (found.isPresent()) {
      return new CurrentFile(file, found.get());
    }
    BinlogIndex index =
        parse(new SmallFile(disk, directory, OLD_NAME), BinlogIndex::parseOldForm)
            .orElse(new BinlogIndex(highestFile(disk, directory), 0));
    CurrentFile current = new CurrentFile(file, index);
    current.advance(index.currentWrite());
    return current;
  }

  private static Optional<BinlogIndex> parse(SmallFile file, Function<String, BinlogIndex> form)
      throws DiskException {
    Optional<byte[]> content = file.read(BYTES_MAX);
    try {
      return content.map(bytes -> form.apply(new String(bytes, StandardCharsets.ISO_8859_1)));
    } catch (MalformedException e) {
      LOGGER.warn(
          "binlog index is not readable ({}), looking at the binlog files instead", e.getMessage());
      return Optional.empty();
    }
  }

  private static int highestFile(Disk disk, int directory) throws DiskException {
    List<String> names = new ArrayList<>();
    DiskException.check(disk.list(directory, ".", names), "list the binlog directory");
    return names.stream()
        .filter(name -> name.matches("binlog\\.[0-9]{3,8}"))
        .mapToInt(name -> Integer.parseInt(name.substring(FILE_PREFIX.length())))
        .max()
        .orElse(0);
  }

  int number() {
    return index.currentWrite();
  }

  /// Makes a file the current one.
  void advance(int number) throws DiskException {
    BinlogIndex advanced = new BinlogIndex(number, index.currentCompress());
    file.replace(advanced.text().getBytes(StandardCharsets.US_ASCII));
    index = advanced;
  }
}
