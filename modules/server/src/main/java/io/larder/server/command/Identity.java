package io.larder.server.command;

import io.larder.protocol.conf.ConfException;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.conf.RwMode;
import io.larder.protocol.conf.StorageIds;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.random.RandomGenerator;

/// Who the storage of a `larder up` folder is: an id drawn once and kept in its storage_ids.conf.
///
/// File ids carry this number instead of an address, so they stay true when the machine gets another address.
final class Identity {
  private Identity() {}

  /// Reads the identity of a folder, drawing it on the first start, and writes the address of this start.
  ///
  /// @param file the storage_ids.conf of the folder
  /// @param address where the storage listens
  /// @throws CommandFailure when the folder belongs to another group or the file cannot be used
  static StorageIds.Entry of(
      Path file, GroupName group, PeerAddress address, RandomGenerator random) {
    StorageId id = Files.exists(file) ? kept(file, group) : drawn(random);
    StorageIds.Entry entry = new StorageIds.Entry(id, group, address, RwMode.BOTH);
    write(file, new StorageIds(List.of(entry)));
    return entry;
  }

  private static StorageId kept(Path file, GroupName group) {
    try {
      StorageIds.Entry entry =
          StorageIds.read(new HostFiles(), file.toString()).entries().getFirst();
      if (!entry.group().equals(group)) {
        throw CommandFailure.config(
            "the folder's storage belongs to group "
                + entry.group()
                + ", not "
                + group
                + " ("
                + file
                + "). Remedy: leave out --group "
                + group
                + ", or choose another folder with --data.");
      }
      return entry.id();
    } catch (ConfException e) {
      throw CommandFailure.config(
          e.getMessage()
              + ". Remedy: restore this file from a copy; without it the files here lose their owner.");
    }
  }

  private static StorageId drawn(RandomGenerator random) {
    return StorageId.of(Integer.toString(random.nextInt(1, StorageId.NUMBER_MAX + 1)));
  }

  private static void write(Path file, StorageIds ids) {
    String text =
        "# Written by larder up. The number is the identity of this folder's storage and is part of every\n"
            + "# file id: keep it.\n"
            + ids.text();
    try {
      if (Files.exists(file) && Files.readString(file).equals(text)) {
        return;
      }
      Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw CommandFailure.unavailable("cannot write " + file + ": " + e);
    }
  }
}
