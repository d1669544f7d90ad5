package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.GROUP;
import static io.larder.protocol.wire.RequestRules.ID;
import static io.larder.protocol.wire.RequestRules.checkRange;

import io.larder.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;

/// Replies to 96, 97 and 98: the state of the whole cluster, a row per server or group.
public sealed interface ClusterStats extends Reply {
  /// Width of `ip:port` texts here, whatever the width of addresses for clients.
  int HOST = 52;

  /// Width of version texts.
  int VERSION = 8;

  /// Reply to 96.
  record Trackers(List<TrackerRow> trackers) implements ClusterStats {
    public Trackers {
      checkRange("count", trackers.size(), 0, 255);
      trackers = List.copyOf(trackers);
    }

    static Trackers read(BodyReader in) {
      int count = rows(in, in.uint8("count"), TrackerRow.SIZE);
      List<TrackerRow> trackers = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        trackers.add(TrackerRow.read(in));
      }
      return new Trackers(trackers);
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int8(trackers.size());
      trackers.forEach(tracker -> tracker.write(out));
    }
  }

  /// One tracker (90 bytes, S1 §3.5).
  record TrackerRow(
      String host,
      boolean leader,
      boolean active,
      StatBlock.Connections connections,
      String version,
      long upTime,
      long lastHeartbeat) {
    private static final int SIZE =
        HOST + 2 + StatBlock.Connections.SIZE + VERSION + 2 * Long.BYTES;

    private static TrackerRow read(BodyReader in) {
      return new TrackerRow(
          in.text("host", HOST),
          in.uint8("is_leader") != 0,
          in.uint8("is_active") != 0,
          StatBlock.Connections.read(in),
          in.text("version", VERSION),
          in.int64("up_time"),
          in.int64("last_heartbeat"));
    }

    private void write(BodyWriter out) {
      out.text("host", host, HOST);
      out.int8(leader ? 1 : 0);
      out.int8(active ? 1 : 0);
      connections.write(out);
      out.text("version", version, VERSION);
      out.int64(upTime);
      out.int64(lastHeartbeat);
    }
  }

  /// Reply to 97.
  record Storages(boolean useStorageId, boolean useTrunkFile, List<StorageRow> storages)
      implements ClusterStats {
    public Storages {
      storages = List.copyOf(storages);
    }

    static Storages read(BodyReader in) {
      boolean useStorageId = in.uint8("use_storage_id") != 0;
      boolean useTrunkFile = in.uint8("use_trunk_file") != 0;
      int count = rows(in, in.int32("count"), StorageRow.SIZE);
      List<StorageRow> storages = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        storages.add(StorageRow.read(in));
      }
      return new Storages(useStorageId, useTrunkFile, storages);
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int8(useStorageId ? 1 : 0);
      out.int8(useTrunkFile ? 1 : 0);
      out.int32(storages.size());
      storages.forEach(storage -> storage.write(out));
    }
  }

  /// One storage (106 bytes, S1 §3.6).
  record StorageRow(
      String id,
      String host,
      boolean trunkServer,
      int status,
      StatBlock.Connections connections,
      String version,
      long upTime,
      long lastHeartbeat) {
    private static final int SIZE =
        ID + HOST + 2 + StatBlock.Connections.SIZE + VERSION + 2 * Long.BYTES;

    private static StorageRow read(BodyReader in) {
      return new StorageRow(
          in.text("id", ID),
          in.text("host", HOST),
          in.uint8("is_trunk") != 0,
          in.uint8("status"),
          StatBlock.Connections.read(in),
          in.text("version", VERSION),
          in.int64("up_time"),
          in.int64("last_heartbeat"));
    }

    private void write(BodyWriter out) {
      out.text("id", id, ID);
      out.text("host", host, HOST);
      out.int8(trunkServer ? 1 : 0);
      out.int8(status);
      connections.write(out);
      out.text("version", version, VERSION);
      out.int64(upTime);
      out.int64(lastHeartbeat);
    }
  }

  /// Reply to 98.
  record Volumes(boolean useTrunkFile, List<VolumeRow> groups) implements ClusterStats {
    public Volumes {
      groups = List.copyOf(groups);
    }

    static Volumes read(BodyReader in) {
      boolean useTrunkFile = in.uint8("use_trunk_file") != 0;
      int count = rows(in, in.int32("count"), VolumeRow.SIZE);
      List<VolumeRow> groups = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        groups.add(VolumeRow.read(in));
      }
      return new Volumes(useTrunkFile, groups);
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int8(useTrunkFile ? 1 : 0);
      out.int32(groups.size());
      groups.forEach(group -> group.write(out));
    }
  }

  /// The space of one group (59 bytes, S1 §3.7).
  record VolumeRow(
      String group,
      long totalMb,
      long freeMb,
      long reservedMb,
      long availableMb,
      long trunkFreeMb,
      boolean diskAvailable,
      boolean trunkAvailable) {
    private static final int SIZE = GROUP + 1 + 5 * Long.BYTES + 2;

    private static VolumeRow read(BodyReader in) {
      return new VolumeRow(
          in.text("group", GROUP + 1),
          in.int64("total_mb"),
          in.int64("free_mb"),
          in.int64("reserved_mb"),
          in.int64("avail_mb"),
          in.int64("trunk_free_mb"),
          in.uint8("is_disk_available") != 0,
          in.uint8("is_trunk_available") != 0);
    }

    private void write(BodyWriter out) {
      out.text("group", group, GROUP + 1);
      out.int64(totalMb);
      out.int64(freeMb);
      out.int64(reservedMb);
      out.int64(availableMb);
      out.int64(trunkFreeMb);
      out.int8(diskAvailable ? 1 : 0);
      out.int8(trunkAvailable ? 1 : 0);
    }
  }

  /// Checks an announced number of rows against the bytes that are there, before anything is made.
  private static int rows(BodyReader in, int count, int row) {
    if (count < 0 || (long) count * row != in.remaining()) {
      throw new MalformedException("count: " + count + ", but " + in.remaining() + " bytes follow");
    }
    return count;
  }
}
