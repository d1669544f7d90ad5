package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.GROUP;
import static io.larder.protocol.wire.RequestRules.ID;

import io.larder.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;

/// Replies to 90, 91 and 92: groups and storages in full.
public sealed interface Listings extends Reply {
  /// Reply to 90 (one row) and 91 (all, sorted by name).
  record Groups(List<GroupStat> groups) implements Listings {
    public Groups {
      groups = List.copyOf(groups);
    }

    static Groups read(BodyReader in) {
      checkRows(in.remaining(), GroupStat.SIZE);
      List<GroupStat> groups = new ArrayList<>(in.remaining() / GroupStat.SIZE);
      while (in.remaining() > 0) {
        groups.add(GroupStat.read(in));
      }
      return new Groups(groups);
    }

    @Override
    public void writeBody(BodyWriter out) {
      groups.forEach(group -> group.write(out));
    }
  }

  /// Reply to 92, sorted by storage id.
  record Storages(AddressWidth width, List<StorageStat> storages) implements Listings {
    public Storages {
      storages = List.copyOf(storages);
    }

    static Storages read(BodyReader in) {
      int narrow = StorageStat.size(AddressWidth.NARROW);
      boolean isNarrow = in.remaining() % narrow == 0;
      AddressWidth width = isNarrow ? AddressWidth.NARROW : AddressWidth.WIDE;
      checkRows(in.remaining(), StorageStat.size(width));
      List<StorageStat> storages = new ArrayList<>(in.remaining() / StorageStat.size(width));
      while (in.remaining() > 0) {
        storages.add(StorageStat.read(in, width));
      }
      return new Storages(width, storages);
    }

    @Override
    public void writeBody(BodyWriter out) {
      storages.forEach(storage -> storage.write(out, width));
    }
  }

  /// One group (113 bytes, S1 §3.2).
  ///
  /// @param currentTrunkFileId -1 when trunk files are off
  record GroupStat(
      String group,
      long totalMb,
      long freeMb,
      long reservedMb,
      long trunkFreeMb,
      long storageCount,
      long storagePort,
      long readableCount,
      long writableCount,
      long currentWriteServer,
      long storePathCount,
      long subdirCountPerPath,
      long currentTrunkFileId) {
    static final int SIZE = GROUP + 1 + 12 * Long.BYTES;

    private static GroupStat read(BodyReader in) {
      return new GroupStat(
          in.text("group", GROUP + 1),
          in.int64("total_mb"),
          in.int64("free_mb"),
          in.int64("reserved_mb"),
          in.int64("trunk_free_mb"),
          in.int64("storage_count"),
          in.int64("storage_port"),
          in.int64("readable_count"),
          in.int64("writable_count"),
          in.int64("current_write_server"),
          in.int64("store_path_count"),
          in.int64("subdir_count_per_path"),
          in.int64("current_trunk_file_id"));
    }

    private void write(BodyWriter out) {
      out.text("group", group, GROUP + 1);
      out.int64(totalMb);
      out.int64(freeMb);
      out.int64(reservedMb);
      out.int64(trunkFreeMb);
      out.int64(storageCount);
      out.int64(storagePort);
      out.int64(readableCount);
      out.int64(writableCount);
      out.int64(currentWriteServer);
      out.int64(storePathCount);
      out.int64(subdirCountPerPath);
      out.int64(currentTrunkFileId);
    }
  }

  /// One storage (487 or 517 bytes, S1 §3.3).
  ///
  /// @param rwMode 4 read, 2 write, 6 both, 0 none
  /// @param sourceId the storage that filled this one; empty if none
  record StorageStat(
      int status,
      int rwMode,
      String id,
      String ip,
      String sourceId,
      String version,
      long joinTime,
      long upTime,
      long totalMb,
      long freeMb,
      long reservedMb,
      long uploadPriority,
      long storePathCount,
      long subdirCountPerPath,
      long currentWritePath,
      long storagePort,
      StatBlock counters,
      boolean trunkServer) {
    private static final int VERSION = 8;

    static int size(AddressWidth width) {
      return 2 + ID + width.bytes() + ID + VERSION + 10 * Long.BYTES + StatBlock.SIZE + 1;
    }

    private static StorageStat read(BodyReader in, AddressWidth width) {
      return new StorageStat(
          in.uint8("status"),
          in.uint8("rw_mode"),
          in.text("id", ID),
          in.text("ip", width.bytes()),
          in.text("src_id", ID),
          in.text("version", VERSION),
          in.int64("join_time"),
          in.int64("up_time"),
          in.int64("total_mb"),
          in.int64("free_mb"),
          in.int64("reserved_mb"),
          in.int64("upload_priority"),
          in.int64("store_path_count"),
          in.int64("subdir_count_per_path"),
          in.int64("current_write_path"),
          in.int64("storage_port"),
          StatBlock.read(in),
          in.uint8("if_trunk_server") != 0);
    }

    private void write(BodyWriter out, AddressWidth width) {
      out.int8(status);
      out.int8(rwMode);
      out.text("id", id, ID);
      out.text("ip", ip, width.bytes());
      out.text("src_id", sourceId, ID);
      out.text("version", version, VERSION);
      out.int64(joinTime);
      out.int64(upTime);
      out.int64(totalMb);
      out.int64(freeMb);
      out.int64(reservedMb);
      out.int64(uploadPriority);
      out.int64(storePathCount);
      out.int64(subdirCountPerPath);
      out.int64(currentWritePath);
      out.int64(storagePort);
      counters.write(out);
      out.int8(trunkServer ? 1 : 0);
    }
  }

  private static void checkRows(int length, int row) {
    if (length % row != 0) {
      throw new MalformedException(
          "body_length: " + length + " (a multiple of " + row + " needed)");
    }
  }
}
